/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { createElement } from 'react'
import { TitleText } from './bits.tsx'
import { css } from './css.ts'
import { MergeBox } from './merge-box.tsx'
import { StateLabel } from './state-label.tsx'
import { StickyHeader } from './sticky-header.tsx'
import { useHeaderKey } from './use-header-key.ts'
import type { PullTab, PullView } from './views.ts'

/** The page of one pull request: a React shell around Rails islands (2026-09). */
export function PullPage({ view }: { view: PullView }) {
  const header = useHeaderKey()
  return (
    <div className="prc-PageLayout-PageLayoutRoot">
      <div className="prc-PageLayout-PageLayoutWrapper">
        <div className="prc-PageLayout-Header">
          <PullHeader key={header} view={view} />
        </div>
        {view.tab === 'conversation' && <Conversation view={view} />}
        {view.tab !== 'conversation' && (
          <Island name="pullRequestsFilesRoute.Body" html={view.islands?.files ?? ''} />
        )}
      </div>
    </div>
  )
}

function Conversation({ view }: { view: PullView }) {
  return (
    <div className="pull-discussion-timeline js-pull-discussion-timeline">
      <div className="js-discussion">
        <Island name="pullRequestsConversationsRoute.Body" html={view.islands?.body ?? ''} />
        <Island
          name="pullRequestsConversationsRoute.Timeline"
          html={view.islands?.timeline ?? ''}
        />
      </div>
      {view.islands?.merging === undefined ? (
        <MergeBox view={view} />
      ) : (
        <Island name="pullRequestsConversationsRoute.Merging" html={view.islands.merging} />
      )}
    </div>
  )
}

/** HTML made by the server that React holds but does not look into. */
function Island({ name, html }: { name: string; html: string }) {
  return createElement('rails-partial', {
    'data-partial-name': name,
    dangerouslySetInnerHTML: { __html: html },
  })
}

function PullHeader({ view }: { view: PullView }) {
  return (
    <>
      <div className="prc-PageHeader-PageHeader">
        <div className="prc-PageHeader-TitleArea" data-component="TitleArea">
          <h1 data-component="PH_Title" className="prc-PageHeader-Title">
            <span className="markdown-title">
              <TitleText text={view.title} />
            </span>
            <span className={css('PullRequestHeader-module__number')}>{` #${view.number}`}</span>
          </h1>
        </div>
        <div className="prc-PageHeader-Actions">
          <button type="button" className="Button">
            Code
          </button>
        </div>
        <div className={css('PullRequestHeaderSummary-module__summaryContainer')}>
          <StateLabel row={view} />
          <span>
            <a href={`/${view.author}`}>{view.author}</a>
            {view.state === 'merged' ? ' merged 1 commit into ' : ' wants to merge 1 commit into '}
            <Branch name={view.base} /> from <Branch name={view.head} />
          </span>
        </div>
        <PullTabs view={view} />
      </div>
      <StickyHeader className={css('StickyPullRequestHeader-module__stickyHeader')}>
        <div className="prc-PageHeader-TitleArea" data-component="TitleArea">
          <StateLabel row={view} />
          <h2>
            <span className="markdown-title">
              <TitleText text={view.title} />
            </span>
            {` #${view.number}`}
          </h2>
        </div>
      </StickyHeader>
    </>
  )
}

function Branch({ name }: { name: string }) {
  return (
    <a data-component="BranchName" className="prc-BranchName-BranchName" href="#branch">
      {name}
    </a>
  )
}

function PullTabs({ view }: { view: PullView }) {
  const root = `/${view.owner}/${view.repo}/pull/${view.number}`
  const tab = (name: PullTab, word: string, href: string) => (
    <li>
      <a href={href} role="tab" aria-selected={view.tab === name}>
        {word}
      </a>
    </li>
  )
  return (
    <nav aria-label="Pull request navigation" data-component="PH_Navigation">
      <ul
        role="tablist"
        aria-label="Pull request tabs"
        className={css('PullRequestTabs-module__list')}
      >
        {tab('conversation', 'Conversation', root)}
        {tab('commits', 'Commits', `${root}/commits`)}
        {tab('checks', 'Checks', `${root}/checks`)}
        {tab('files', 'Files changed', `${root}/files`)}
      </ul>
    </nav>
  )
}
