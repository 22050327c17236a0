import type { Subject } from '../world/world.ts'
import { html, titleHtml, type Html } from './html.ts'

/** Pages on which the extension has nothing to do. */
export const silentPages = {
  repository: (name: string): Html =>
    html`<div class="container-xl mt-4">
      <h1 class="sr-only">${name}</h1>
      <div class="Box">
        <div class="Box-header">main</div>
        ${['README.md', 'src', 'guide'].map((file) => html`<div class="Box-row"><a href="/${name}/blob/main/${file}">${file}</a></div>`)}
      </div>
      <article class="markdown-body Box p-3 mt-3">
        <h2>${name}</h2>
        <p>Plans beds and waters them. See <a href="/${name}/issues/100">#100</a>.</p>
      </article>
    </div>`,
  commit: (name: string, sha: string): Html =>
    html`<div class="container-xl mt-4">
      <div class="commit full-commit">
        <p class="commit-title">Water the beds (<a href="/${name}/pull/120">#120</a>)</p>
        <span class="sha">${sha}</span>
      </div>
    </div>`,
  blob: (path: string): Html =>
    html`<div class="container-xl mt-4">
      <h1 class="f4">${path}</h1>
      <pre class="blob-code">export const beds = []</pre>
    </div>`,
  /** What is known of them is not enough to add anything; Rails (2026-07). */
  discussion: (name: string, number: number): Html =>
    html`<div class="container-xl mt-4 js-discussion">
      <h1 class="gh-header-title">
        <span class="js-issue-title markdown-title">When to plant leeks</span>
        <span class="gh-header-number">#${number}</span>
      </h1>
      ${[1, 2, 3].map(
        (at) =>
          html`<div class="js-timeline-item">
            <div
              class="js-comment-container timeline-comment-group"
              id="discussioncomment-${7000 + at}"
              data-gid="DC_${at}"
            >
              <div class="timeline-comment-header">
                <a class="author" href="/fernhollow">fernhollow</a>
              </div>
              <div class="comment-body js-comment-body">
                In April. See <a href="/${name}/issues/100#issuecomment-3110010003">this</a>.
              </div>
              <button
                id="discussion-upvote-button-${at}"
                class="js-upvote-button"
                aria-label="Upvote"
              >
                ${at}
              </button>
            </div>
          </div>`,
      )}
    </div>`,
  settings: (): Html =>
    html`<div class="container-xl mt-4">
      <h1>Settings</h1>
      <form>
        <label>Repository name <input name="name" class="form-control" /></label>
      </form>
    </div>`,
  login: (): Html =>
    html`<div class="auth-form">
      <h1>Sign in to GitHub</h1>
      <form>
        <label>Username <input name="login" class="form-control" /></label
        ><label>Password <input type="password" name="password" class="form-control" /></label>
      </form>
    </div>`,
  profile: (): Html => html`<div class="container-xl mt-4"><h1>Public profile</h1></div>`,
  home: (): Html =>
    html`<div class="container-xl mt-4">
      <h1>Home</h1>
      <a href="/moot/garden">moot/garden</a> <a href="/moot/pond">moot/pond</a>
    </div>`,
  notFound: (): Html =>
    html`<div class="container-xl mt-4">
      <h1>404</h1>
      <p>This is not the web page you are looking for.</p>
    </div>`,
}

/** The issue list as nobody knows it yet: no id, class, attribute or address is as before. */
export function unknownList(subjects: Subject[]): Html {
  return html`<div class="nl-shell">
    <div class="nl-top">Work items</div>
    ${subjects.map(
      (subject) =>
        html`<div class="nl-line">
          <div>
            <a href="/${subject.repo}/work/${subject.number}">${titleHtml(subject.title)}</a>
          </div>
          <div>${subject.number}, ${subject.author.login}</div>
        </div>`,
    )}
  </div>`
}

/** What a page could write to be taken for ours, and the buttons that set its scripts off. */
export function lookAlikes(repository: string, subjects: Subject[]): Html {
  return html`<div class="forge-hostile">
    <button type="button" class="Button" id="forge-clicks">Press their buttons</button>
    <button type="button" class="Button" id="forge-subjects">Rename their subjects</button>
    ${subjects.slice(0, 3).map((subject) => html`<forgemoot-vote data-subject="https://github.com/${repository}/issues/${subject.number}" data-forgemoot="vote"><button type="button">▲ 999</button></forgemoot-vote>`)}
    <forgemoot-sort data-forgemoot="sort"></forgemoot-sort>
  </div>`
}
