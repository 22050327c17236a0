/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { createElement, type CSSProperties } from 'react'
import { css } from './css.ts'
import type { LabelView, RowView } from './views.ts'

/** A title: text, and what stood between backquotes as code. */
export function TitleText({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, index) => {
    if (index % 2) return <code key={index}>{part}</code>
    return part
  })
}

/** GitHub's lists print the day without a `datetime`; its comments carry one. */
export function RelativeTime({ text, datetime }: { text: string; datetime?: string }) {
  return createElement('relative-time', { 'data-component': 'RelativeTime', datetime }, text)
}

/** `/owner/repo/issues/N`, or `/pull/N`. */
export function hrefOf({ owner, repo, kind, number }: RowView): string {
  return `/${owner}/${repo}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`
}

/** A label as a token, with its colour in the variables that GitHub uses. */
export function LabelToken({ label, href }: { label: LabelView; href: string }) {
  const style = colourOf(label.color)
  return (
    <div
      className={css('TrailingBadge-module__container')}
      data-listview-component="trailing-badge"
    >
      <a href={href} className="prc-Token-TokenBase" tabIndex={-1}>
        <span className={css('prc-Token-IssueLabel', 'IssueLabelToken')} style={style}>
          <span>{label.name}</span>
        </span>
      </a>
      <span className="prc-TooltipV2-Tooltip" aria-hidden="true">
        {label.description}
      </span>
    </div>
  )
}

/** The inline variables of a label's colour. */
export function colourOf(color: string): CSSProperties {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => parseInt(color.slice(at, at + 2), 16))
  const [max, min] = [Math.max(r, g, b) / 255, Math.min(r, g, b) / 255]
  const variables: Record<string, number> = {
    '--label-r': r,
    '--label-g': g,
    '--label-b': b,
    '--label-l': Math.round(((max + min) / 2) * 100),
  }
  return variables as CSSProperties
}
