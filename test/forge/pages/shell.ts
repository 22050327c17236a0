import { html, raw, type Html } from './html.ts'
import { icon } from './icon.ts'

export interface Shell {
  title: string
  /** The path pattern that GitHub writes in a meta tag. */
  route: string
  viewer: string | null
  theme: string
  hydration: number
  /** Present on pages of a repository. */
  repository?: RepositoryShell
  head?: Html
}

export interface RepositoryShell {
  name: string
  id: number
  tab: 'code' | 'issues' | 'pulls' | 'settings'
  issues: number
  pulls: number
}

/** A whole page around its content. */
export function page(shell: Shell, content: Html): string {
  const main = shell.repository
    ? repositoryMain(shell.repository, content)
    : html`<main>${content}</main>`
  const logged = shell.viewer === null ? 'logged-out' : 'logged-in'
  return html`<!DOCTYPE html>
    <html
      lang="en"
      ${themeOf(shell.theme)}
      data-a11y-animated-images="system"
      data-a11y-link-underlines="true"
    >
      <head>
        ${head(shell)}
      </head>
      <body class="${logged} env-production page-responsive" style="word-wrap: break-word;">
        <div data-turbo-body class="${logged} env-production page-responsive">
          <a href="#start-of-content" class="show-on-focus">Skip to content</a>
          ${header(shell)}
          <div id="start-of-content" class="show-on-focus"></div>
          <div class="application-main" data-commit-hovercards-enabled>${main}</div>
          <footer class="footer" role="contentinfo"><span>A stand-in forge for tests</span></footer>
        </div>
        <div id="__primerPortalRoot__" data-portal-root="true"></div>
      </body>
    </html> `.html
}

/** `auto` follows the system with the two plain themes; any other name is shown whatever the system. */
function themeOf(theme: string): Html {
  const dark = theme.startsWith('dark')
  const mode = theme === 'auto' ? 'auto' : dark ? 'dark' : 'light'
  const [light, night] = [dark || theme === 'auto' ? 'light' : theme, dark ? theme : 'dark']
  return html`data-color-mode="${mode}" data-light-theme="${light}" data-dark-theme="${night}"`
}

function head(shell: Shell): Html {
  const { repository } = shell
  return html` <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${shell.title}</title>
    <link rel="stylesheet" href="/assets/forge.css" />
    <script type="module" defer src="/assets/forge.js"></script>
    <meta name="route-pattern" content="${shell.route}" />
    <meta name="user-login" content="${shell.viewer ?? ''}" />
    <meta name="forge-hydration" content="${shell.hydration}" />
    <meta name="fetch-nonce" content="v2:forge" />
    <meta name="turbo-cache-control" content="no-preview" />
    <meta name="color-scheme" content="light dark" />
    ${
      repository &&
      html`<meta name="octolytics-dimension-repository_id" content="${repository.id}" />
        <meta name="octolytics-dimension-repository_nwo" content="${repository.name}" />
        <meta name="octolytics-dimension-repository_public" content="true" />`
    }
    ${shell.head}`
}

function header({ viewer }: Shell): Html {
  return html` <header class="AppHeader" role="banner">
    <div class="AppHeader-globalBar">
      <a class="AppHeader-logo" href="/" aria-label="Homepage">${icon('git-merge')}</a>
      <nav aria-label="Global">
        <a href="/issues" data-turbo-frame="_top">Issues</a>
        <a href="/pulls" data-turbo-frame="_top">Pull requests</a>
      </nav>
      <div class="AppHeader-user">
        ${viewer ? html`<a href="/settings/profile" data-login="${viewer}">${viewer}</a>` : html`<a href="/login">Sign in</a>`}
      </div>
    </div>
  </header>`
}

function repositoryMain(repository: RepositoryShell, content: Html): Html {
  const [owner, name] = repository.name.split('/')
  const tab = (
    key: RepositoryShell['tab'],
    id: string,
    word: string,
    path: string,
    glyph: string,
    count?: number,
  ) =>
    html` <li class="d-inline-flex">
      <a
        id="${id}-tab"
        href="/${repository.name}${path}"
        data-turbo-frame="repo-content-turbo-frame"
        data-tab-item="${id}-tab"
        class="UnderlineNav-item no-wrap js-responsive-underlinenav-item${repository.tab === key && ' selected'}"
        ${repository.tab === key ? raw(' aria-current="page"') : ''}
        >${icon(glyph, 'UnderlineNav-octicon')}<span data-content="${word}">${word}</span
        >${count !== undefined && html` <span class="Counter">${count.toLocaleString('en-US')}</span>`}</a
      >
    </li>`
  return html` <main id="js-repo-pjax-container">
    <div id="repository-container-header" class="repository-header" data-turbo-replace>
      <div class="repository-name">
        ${icon('book')} <a href="/${owner}" data-turbo="false">${owner}</a><span>/</span
        ><strong
          ><a href="/${repository.name}" data-turbo-frame="repo-content-turbo-frame"
            >${name}</a
          ></strong
        >
        <span class="Label">Public</span>
      </div>
      <nav aria-label="Repository" class="js-repo-nav UnderlineNav">
        <ul class="UnderlineNav-body list-style-none">
          ${tab('code', 'code', 'Code', '', 'book')}${tab('issues', 'issues', 'Issues', '/issues', 'issue-opened', repository.issues)}${tab('pulls', 'pull-requests', 'Pull requests', '/pulls', 'git-pull-request', repository.pulls)}
        </ul>
      </nav>
    </div>
    <turbo-frame id="repo-content-turbo-frame" target="_top" data-turbo-action="advance">
      <div id="repo-content-pjax-container" class="repository-content">${content}</div>
    </turbo-frame>
  </main>`
}
