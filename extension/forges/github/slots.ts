/**
 * Every selector that Forgemoot has for GitHub, with its date and the page of `test/forge` that shows
 * it. When a page changes, only this file does (and `room.css`, which keeps the widgets' room).
 * Each element has an ordered list of strategies; which one matched is shown in the self-check.
 */

/** One way to find an element. */
export interface Strategy {
  name: string
  selector: string
}

/** A list that React draws: issue lists 2026-09, pull requests 2026-10, dashboards, label pages. */
export const REACT_LIST = 'ul[data-listview-component="items-list"]'

/** A list that Rails draws: pull requests and milestones, 2026-08. */
export const RAILS_LIST = '.js-navigation-container, .js-active-navigation-container'

/** The link that names a row's subject, in lists that React draws. */
export const REACT_TITLES: Strategy[] = [
  { name: 'issue-pr-title-link', selector: 'a[data-testid="issue-pr-title-link"]' },
  { name: 'listitem-title-link', selector: 'a[data-testid="listitem-title-link"]' },
  { name: 'title container', selector: '[data-listview-item-title-container="true"] h3 a[href]' },
]

/** The same, in rows that Rails draws. */
export const RAILS_ROW = '.js-issue-row'
export const RAILS_TITLES: Strategy[] = [
  { name: 'markdown-title', selector: `${RAILS_ROW} a.markdown-title[href]` },
  { name: 'js-navigation-open', selector: `${RAILS_ROW} a.js-navigation-open[href]` },
]

/** What GitHub says inside a list without rows. Elsewhere the same box belongs to other fragments. */
export const EMPTY = `${REACT_LIST} [class*="blankslate" i], #js-issues-toolbar ~ .blankslate, .js-navigation-container .blankslate`

/** Issues pinned above the list, 2026-05. */
export const PINS = 'ul[class*="PinnedIssues-module__area"] > li'

/** The heading with the title of an issue or pull request; four versions were seen in 2026-05. */
export const HEADINGS: Strategy[] = [
  { name: 'PH_Title', selector: 'h1[data-component="PH_Title"]' },
  { name: 'prc-PageHeader-Title', selector: 'h1[class^="prc-PageHeader-Title"]' },
  { name: 'issue-title', selector: 'h1:has([data-testid="issue-title"])' },
  { name: 'js-issue-title', selector: 'h1:has(.js-issue-title)' },
]

/** The copy of the header that sticks to the window's top while scrolling. */
export const STICKY =
  '[class*="sticky" i]:not(.gh-header, .non-sticky-header-container), [data-testid="issue-metadata-sticky"]'

/**
 * The header that Rails draws, 2018 to 2026: signed-out visitors of pull requests still get it. Buttons
 * stand beside its heading, so that there is room only in the line below.
 */
export const RAILS_HEADER = '.gh-header'
export const RAILS_HEADER_LINE = '.gh-header-meta'

/** The box that merges: React's since 2026, Rails' before and for signed-out visitors. */
export const MERGE_BOXES: Strategy[] = [
  { name: 'mergebox-partial', selector: '[data-testid="mergebox-partial"]' },
  { name: 'partial-pull-merging', selector: '#partial-pull-merging' },
  { name: 'merge-pr', selector: '.merge-pr' },
  { name: 'timeline-actions', selector: '.discussion-timeline-actions' },
]

/** What React draws on GitHub stands in one of these. */
export const REACT_ROOT = 'react-app, react-partial'

/** The login of the reader: empty when signed out. */
export const VIEWER = 'meta[name="user-login"]'

/** When a row's subject was created. */
export const CREATED = 'relative-time[datetime]'

/**
 * What somebody said, by the id that its permalink leads to: comments (2018 to 2026, on React's pages the
 * id of their header), reviews and comments on lines. What people write cannot have such an id.
 */
export const COMMENTS = '[id^="issuecomment-"], [id^="pullrequestreview-"], [id^="discussion_r"]'
export const COMMENT_ID = /^(?:issuecomment-|pullrequestreview-|discussion_r)[1-9]\d*$/

/** The line above a comment: React's (2026-08), and Rails' (2018 to 2026; one that is hidden has two). */
export const REACT_COMMENT_HEADER = '[data-testid="comment-header"]'
export const RAILS_COMMENT_HEADER =
  '.unminimized-comment .timeline-comment-header, .timeline-comment-header'

/** The line that says who reviewed: 2020 to 2026, and 2018 to 2019. */
export const REVIEW_HEADER = '.TimelineItem-body, .discussion-item'

/** One thing in a conversation: React's (2026-08), and Rails' (2018 to 2026). */
export const TALK_ITEM = '[data-wrapper-timeline-id], .js-timeline-item'

/** What Rails keeps inside React's pages, and React does not look into (2026-09). */
export const ISLAND = 'rails-partial'

/** What stands for comments that the page would load: React's (2026-08), and Rails'. */
export const LOAD_MORE =
  '[data-wrapper-timeline-id^="load"], .ajax-pagination-form, .js-ajax-pagination'

/** The opening post by the id of its permalink, where Rails draws it; on React's pages by its test id. */
export const OPENING = '[id^="issue-"].timeline-comment-group, [id^="issue-"].js-comment'

/** Who said it: a link to a person. */
export const COMMENT_AUTHOR =
  'a[data-testid="avatar-link"], a.author, .timeline-comment-header a.author'

/** What it says. */
export const COMMENT_BODY = '[data-testid="markdown-body"] .markdown-body, .js-comment-body'

/** Something in it that is no text; emoji are. */
export const NO_TEXT = 'img:not(.emoji), video, picture, svg, pre, table, input, iframe'

/** Marks of the reader's own comments: Rails', and React's (2025-11). */
export const OWN_COMMENT = '.current-user, [class*="viewerDidAuthor"]'

/** Marks of a comment that was hidden: Rails', and React's (2025-11). */
export const MINIMIZED = '.minimized-comment:not(.d-none), .octicon-unfold'
