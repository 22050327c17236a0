/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useEffect, useState } from 'react'
import { css } from './css.ts'
import { Octicon } from './octicon.tsx'
import { lookOf } from './state-icon.tsx'
import type { PullView } from './views.ts'

/** Polls, and draws its inside anew after each answer: nothing put inside it lasts. */
export function MergeBox({ view }: { view: PullView }) {
  const [answers, setAnswers] = useState(0)
  const url = `/${view.owner}/${view.repo}/pull/${view.number}/page_data/merge_box`
  useEffect(() => {
    const poll = () =>
      void fetch(url, { headers: { Accept: 'application/json' } })
        .then((response) => response.ok && setAnswers((times) => times + 1))
        .catch(() => undefined) // Left before the answer came, or the forge is down.
    poll()
    const timer = setInterval(poll, view.delays.mergePoll)
    return () => clearInterval(timer)
  }, [url, view.delays.mergePoll])
  return (
    <div data-testid="mergebox-partial" className={css('MergeBox-module__partial')}>
      {answers === 0 ? (
        <div className={css('MergeBox-module__mergeboxLoading')}>
          <span data-component="Spinner">Checking…</span>
        </div>
      ) : (
        <MergeBoxContent key={answers} view={view} />
      )}
    </div>
  )
}

function MergeBoxContent({ view }: { view: PullView }) {
  const { icon, word } = lookOf(view)
  const open = view.state === 'open'
  return (
    <div data-testid="mergebox-border-container" className={css('MergeBox-module__border')}>
      <div data-testid="mergeability-icon-wrapper">
        <Octicon name={icon} label={word} />
      </div>
      <section aria-label="Checks" className={css('MergeBoxSectionHeader-module__wrapper')}>
        <h3 className={css('MergeBoxSectionHeader-module__heading')}>All checks have passed</h3>
      </section>
      <section aria-label="Conflicts" className={css('MergeBoxSectionHeader-module__wrapper')}>
        <h3 className={css('MergeBoxSectionHeader-module__heading')}>
          {open ? 'No conflicts with base branch' : word}
        </h3>
      </section>
      {open && view.viewer !== null && (
        <div data-component="ButtonGroup">
          <button type="button" data-component="Button" className="Button Button--primary">
            Merge pull request
          </button>
        </div>
      )}
    </div>
  )
}
