/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { renderToString } from 'react-dom/server'
import { App } from '../react/app.tsx'
import { setRelease } from '../react/css.ts'
import type { AppView, Embedded } from '../react/views.ts'
import { html, jsonHtml, raw, type Html } from './html.ts'

const queryNames = {
  list: 'IssueIndexPageQuery',
  issue: 'IssueViewerViewQuery',
  pull: 'PullRequestsLayoutRoute',
}

/** What the page embeds, and what a soft navigation fetches. */
export function embeddedOf(view: AppView, title: string, release: string): Embedded {
  const query = { queryName: queryNames[view.route], variables: {}, result: view }
  return { payload: { preloadedQueries: [query] }, title, appPayload: { release } }
}

/** A React application with its server-rendered HTML and the data to hydrate it. */
export function reactApp(embedded: Embedded, base: string): Html {
  const view = embedded.payload.preloadedQueries[0]?.result
  if (!view) throw new Error('a page needs a view')
  setRelease(embedded.appPayload.release)
  const rendered = renderToString(<App first={view} />)
  return html`<react-app
    app-name="${appName(view)}"
    initial-path="${base}"
    data-forge-base="${base}"
    style="display: block; min-height: 60vh;"
    data-attempted-ssr="true"
    data-ssr="true"
    data-lazy="false"
    data-alternate="false"
    data-data-router-enabled="true"
    ><script type="application/json" data-target="react-app.embeddedData">
      ${jsonHtml(embedded)}
    </script>
    <div data-target="react-app.reactRoot">${raw(rendered)}</div></react-app
  >`
}

function appName(view: AppView): string {
  if (view.route === 'pull') return 'pull-requests'
  if (view.route === 'issue' || view.form === 'issues') return 'issues-react'
  return view.dashboard ? 'dashboard-surface' : 'pull-requests'
}
