import { hooks } from './hooks.ts'

/** A page that plays a person: it presses our buttons by script and renames our subjects. */
export function behaveHostile(): void {
  if (!document.querySelector('meta[name="forge-hostile"]')) return
  Object.assign(hooks, { forgeClicks, forgeSubjects })
  document.addEventListener('forge:hydrated', writeLookAlikes)
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.matches('#forge-clicks')) forgeClicks()
    if (target.matches('#forge-subjects')) forgeSubjects()
  })
}

/** Widgets of the page's own, in the very places where ours would stand. */
function writeLookAlikes(): void {
  const rows = [...document.querySelectorAll('li[id*="-list-view-node-"]')].slice(0, 3)
  for (const row of rows) {
    const widget = document.createElement('forgemoot-vote')
    widget.dataset.subject = 'https://github.com/moot/garden/issues/1'
    widget.setAttribute('data-forgemoot-own', '')
    widget.textContent = '▲ 999'
    row.querySelector('[class*="Description-module__container"]')?.append(widget)
  }
}

function forgeClicks(): number {
  const buttons = [...document.querySelectorAll('*')].flatMap((element) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>('button, [role="button"], input') ?? []),
  ])
  for (const button of buttons) press(button)
  return buttons.length
}

function forgeSubjects(): number {
  const widgets = [...document.querySelectorAll<HTMLElement>('[data-subject]')]
  for (const widget of widgets) widget.dataset.subject = 'https://github.com/moot/garden/issues/1'
  return widgets.length
}

function press(button: HTMLElement): void {
  button.click()
  const init = { bubbles: true, composed: true, cancelable: true }
  const events = [
    ...['pointerdown', 'pointerup'].map((name) => new PointerEvent(name, init)),
    ...['mousedown', 'mouseup', 'click'].map((name) => new MouseEvent(name, init)),
    ...['Enter', ' '].flatMap((key) =>
      ['keydown', 'keyup'].map((name) => new KeyboardEvent(name, { ...init, key })),
    ),
  ]
  for (const event of events) button.dispatchEvent(event)
}
