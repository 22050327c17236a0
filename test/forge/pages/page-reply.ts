import { html, raw, type Html } from './html.ts'
import { embeddedOf, reactApp } from './react-page.tsx'
import { page, type RepositoryShell } from './shell.ts'
import { silentPages } from './silent.ts'
import { htmlReply, jsonReply, type Reply } from '../reply.ts'
import type { ForgeSettings } from '../settings.ts'
import type { AppView } from '../react/views.ts'
import type { World } from '../world/world.ts'

/** One request to github.com and what is needed to answer it. */
export interface SiteContext {
  world: World
  settings: ForgeSettings
  url: URL
  /** The client asked for JSON: React navigates softly. */
  wantsJson: boolean
  cookies: string
}

export interface PageFacts {
  title: string
  /** As in `meta[name=route-pattern]`. */
  route: string
  /** `owner/name`, or nothing outside repositories. */
  repo?: string
  tab?: RepositoryShell['tab']
  head?: Html
}

/** A page of HTML around a content. */
export function pageReply(
  context: SiteContext,
  facts: PageFacts,
  content: Html,
  status = 200,
): Reply {
  const { settings, url, cookies } = context
  const cookie = /(?:^|; )forge-theme=([a-z_]+)/.exec(cookies)?.[1]
  const theme = url.searchParams.get('forge-theme') ?? cookie ?? 'auto'
  const repository = facts.repo
    ? repositoryShell(context, facts.repo, facts.tab ?? 'code')
    : undefined
  const shell = {
    title: facts.title,
    route: facts.route,
    viewer: settings.signedIn,
    theme: /^[a-z_]+$/.test(theme) ? theme : 'auto',
    hydration: settings.delays.hydration,
    head: facts.head ?? raw(''),
  }
  return htmlReply(page(repository ? { ...shell, repository } : shell, content), status)
}

/** A React page: HTML and data at first, the data alone when React asks for it. */
export function reactReply(
  context: SiteContext,
  facts: PageFacts,
  view: AppView,
  before = html``,
): Reply {
  const embedded = embeddedOf(view, facts.title, context.settings.release)
  if (context.wantsJson) return jsonReply(embedded)
  const base = facts.repo ? `/${facts.repo}` : ''
  return pageReply(context, facts, html`${before}${reactApp(embedded, base)}`)
}

export function notFoundReply(context: SiteContext): Reply {
  return pageReply(context, { title: 'Page not found', route: '/' }, silentPages.notFound(), 404)
}

function repositoryShell(
  { world }: SiteContext,
  name: string,
  tab: RepositoryShell['tab'],
): RepositoryShell | undefined {
  const repository = world.repositories.get(name)
  if (!repository) return undefined
  const open = [...repository.subjects.values()].filter(({ state }) => state === 'open')
  const issues = open.filter(({ kind }) => kind === 'issue').length
  return { name, id: repository.id, tab, issues, pulls: open.length - issues }
}
