/** The pages that whoever hosts a server sees while setting it up. They run no script. */
import { createHash } from 'node:crypto'

/** Text that is known to be HTML. */
export interface Html {
  html: string
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A template whose values are escaped unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: (string | Html)[]): Html {
  const written = values.map((value) =>
    typeof value === 'string' ? value.replaceAll(/[&<>"]/g, (c) => ESCAPES[c] ?? c) : value.html,
  )
  return { html: strings.map((part, i) => part + (written[i] ?? '')).join('') }
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:40rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
form{display:grid;gap:.75rem;margin:1.5rem 0}label{display:grid;gap:.25rem;font-weight:600}
input,button{font:inherit;font-weight:400;padding:.4rem .75rem;border:1px solid #818b98;border-radius:6px}
button{cursor:pointer;justify-self:start}button.primary{background:#1f883d;color:#fff;border-color:#1f883d}
small{font-weight:400;opacity:.8}`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The policy of a page whose forms lead here and to `elsewhere`, and which loads nothing. */
export const policyOf = (elsewhere = '') =>
  `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${elsewhere}; ` +
  "base-uri 'none'; frame-ancestors 'none'"

export function pageOf(title: string, content: Html): string {
  return `<!doctype html>${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${{ html: `<style>${STYLE}</style>` }}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.html
  }`
}

export interface SetUpChoice {
  /** The name of the app to be. */
  name: string
  /** '' for the person's own account. */
  organization: string
  /** Where this server is reached from outside; '' when it is not. */
  address: string
  token: string
}

/** What will be made, and a form for doing it otherwise. */
export function choicePage(choice: SetUpChoice, action: string, manifest: string): string {
  const { name, organization, address, token } = choice
  return pageOf(
    'Set up signing in with GitHub',
    html`<p>
        People sign in through a GitHub App that belongs to you. One click makes it: GitHub shows
        you what it may do, and tells this server its keys.
      </p>
      <form method="post" action="${action}">
        <input type="hidden" name="manifest" value="${manifest}" />
        <button class="primary">Make the app on GitHub</button>
      </form>
      <p>
        It will be called <strong>${name}</strong> and belong to
        <strong>${organization || 'your own account'}</strong>.
        ${
          address
            ? html`GitHub will tell this server at <strong>${address}</strong> what changes.`
            : 'GitHub cannot tell this server what changes, since no public address is given: people can sign in all the same.'
        }
      </p>
      <h2>Something else?</h2>
      <form method="get" action="/setup">
        <input type="hidden" name="token" value="${token}" />
        <label>Name of the app <input name="name" value="${name}" maxlength="34" required /></label>
        <label
          >Organization <small>Leave it empty for your own account.</small
          ><input
            name="organization"
            value="${organization}"
            maxlength="39"
            pattern="[A-Za-z0-9][A-Za-z0-9\\-]*"
        /></label>
        <label
          >Public address of this server
          <small>As https://moot.example.org; leave it empty for none.</small
          ><input
            name="address"
            type="url"
            value="${address}"
            placeholder="https://moot.example.org"
        /></label>
        <button>Change</button>
      </form>`,
  )
}

/** What to do after an app was made. */
export function donePage(
  slug: string,
  pages: { settings: string; install: string },
  isLocal: boolean,
): string {
  return pageOf(
    'Signing in with GitHub is set up',
    html`<p>
        GitHub made the app <strong>${slug}</strong>, and this server keeps its keys in its
        database: look after that file.
      </p>
      <ol>
        ${isLocal ? html`<li>The server starts again by itself now, and everybody signs in anew. If it was started with FORGEMOOT_AUTH=local, leave that out and start it yourself.</li>` : ''}
        <li>
          For people whose browser cannot open GitHub’s window, tick <em>Enable Device Flow</em> in
          <a href="${pages.settings}">the app’s settings</a>.
        </li>
        <li>
          <a href="${pages.install}">Install the app</a> on the repositories that are to be imported
          or merged by vote. Signing in does not need that.
        </li>
        <li>Sign in: options of the extension, <em>Sign in with GitHub</em>.</li>
      </ol>`,
  )
}

export const notePage = (title: string, text: string) => pageOf(title, html`<p>${text}</p>`)
