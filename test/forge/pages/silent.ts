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
