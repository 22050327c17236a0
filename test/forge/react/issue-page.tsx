/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Fragment } from 'react'
import { RelativeTime, TitleText } from './bits.tsx'
import { CommentBody, Reactions } from './comment-body.tsx'
import { css } from './css.ts'
import { IssueSidebar } from './issue-sidebar.tsx'
import { IssueTimeline } from './issue-timeline.tsx'
import { Octicon } from './octicon.tsx'
import { Avatar } from './row-metadata.tsx'
import { StateLabel } from './state-label.tsx'
import { StickyHeader } from './sticky-header.tsx'
import { useHeaderKey } from './use-header-key.ts'
import type { IssueView } from './views.ts'

/** The page of one issue (2026-08). */
export function IssuePage({ view }: { view: IssueView }) {
  const header = useHeaderKey()
  return (
    <div data-testid="issue-viewer-container" className={css('IssueViewer-module__container')}>
      <IssueHeader key={header} view={view} />
      <div className={css('IssueViewer-module__columns')}>
        <div className={css('IssueViewer-module__main')}>
          <div data-testid="issue-viewer-issue-container" className="react-issue-body">
            <IssueBody view={view} />
          </div>
          <IssueTimeline view={view} />
        </div>
        <IssueSidebar view={view} />
      </div>
    </div>
  )
}

function IssueHeader({ view }: { view: IssueView }) {
  return (
    <Fragment>
      <div data-testid="issue-header" className="prc-PageHeader-PageHeader">
        <div className="prc-PageHeader-TitleArea" data-component="TitleArea">
          <h1 data-component="PH_Title" className="prc-PageHeader-Title">
            <bdi data-testid="issue-title" className="markdown-title">
              <TitleText text={view.title} />
            </bdi>
            <span
              className={css('HeaderViewer-module__issueNumberText')}
            >{` #${view.number}`}</span>
          </h1>
        </div>
      </div>
      <Metadata view={view} place="fixed" />
      <StickyHeader
        className={css('HeaderMetadata-module__stickyContainer')}
        testid="issue-metadata-sticky"
      >
        <MetadataContent view={view} sticky />
      </StickyHeader>
    </Fragment>
  )
}

function Metadata({ view, place }: { view: IssueView; place: string }) {
  return (
    <div
      data-testid={`issue-metadata-${place}`}
      className={css('HeaderMetadata-module__metadataContent')}
    >
      <MetadataContent view={view} sticky={false} />
    </div>
  )
}

function MetadataContent({ view, sticky }: { view: IssueView; sticky: boolean }) {
  return (
    <div className={css('HeaderMetadata-module__content')}>
      <StateLabel row={view} />
      {sticky ? (
        <a className={css('HeaderMetadata-module__stickyTitle')} href="#top">
          <bdi className="markdown-title">
            <TitleText text={view.title} />
          </bdi>
          <span>{` #${view.number}`}</span>
        </a>
      ) : (
        view.labels.slice(0, 1).map(({ name }) => <span key={name}>{name}</span>)
      )}
    </div>
  )
}

function IssueBody({ view }: { view: IssueView }) {
  return (
    <div data-testid="issue-body" className={css('IssueBody-module__container')}>
      <div className={css('ActivityHeader-module__activityHeader')}>
        <a data-testid="avatar-link" href={`/${view.author}`}>
          <Avatar login={view.author} size={24} />
        </a>
        <a data-testid="issue-body-header-author" href={`/${view.author}`}>
          {view.author}
        </a>{' '}
        <span>opened </span>
        <a data-testid="issue-body-header-link" href={`#issue-${view.databaseId}`}>
          <RelativeTime text={view.at} datetime={view.createdAt} />
        </a>
      </div>
      <div data-testid="issue-body-viewer" className={css('IssueBodyViewer-module__container')}>
        <CommentBody text={view.body} />
        <Reactions reactions={view.reactions} />
      </div>
      <span hidden>
        <Octicon name="issue-opened" />
      </span>
    </div>
  )
}
