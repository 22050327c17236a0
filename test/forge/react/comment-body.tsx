/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { TitleText } from './bits.tsx'
import { css } from './css.ts'
import type { ReactionView } from './views.ts'

/** A text of paragraphs, as GitHub's rendered Markdown. */
export function CommentBody({ text, html }: { text: string; html?: string | undefined }) {
  if (html !== undefined)
    return (
      <div data-testid="markdown-body" className={css('Comment-module__body')}>
        <div className="markdown-body" dangerouslySetInnerHTML={{ __html: html }} />
      </div>
    )
  return (
    <div data-testid="markdown-body" className={css('Comment-module__body')}>
      <div className="markdown-body NewMarkdownViewer-module__safe-html-box">
        {text.split('\n\n').map((paragraph, index) => (
          <p key={index} dir="auto">
            <TitleText text={paragraph} />
          </p>
        ))}
      </div>
    </div>
  )
}

/** A button for each reaction that somebody gave; the emoji is told only by its glyph. */
export function Reactions({ reactions }: { reactions: ReactionView[] }) {
  return (
    <div role="toolbar" aria-label="Reactions" className={css('ReactionViewer-module__container')}>
      {reactions.map(({ name, emoji, count }) => (
        <button
          key={name}
          type="button"
          role="switch"
          aria-checked="false"
          className={css('ReactionButton-module__button')}
        >
          <span data-component="leadingVisual">{emoji}</span>
          <span data-component="text">{count}</span>
        </button>
      ))}
    </div>
  )
}
