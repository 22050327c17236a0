import type { ComponentChildren } from 'preact'

/** A part of a settings page under its own heading. */
export function PageSection(props: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="section stack" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  )
}
