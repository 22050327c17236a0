/** Every parser at a border: what comes from a page, the network, a repository or a person. */
import { createRequire } from 'node:module'
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { Window } from 'happy-dom'
import * as v from 'valibot'
import { Problem } from '#shared/problem'
import { parseRepository, parseSubject, partsOf, repositoryOf } from '#shared/subject'
import * as payloads from '../../extension/background/payloads.ts'
import * as client from '../../extension/background/server.ts'
import { settingsOf } from '../../extension/settings.ts'
import { serverOriginOf } from '../../extension/server-address.ts'
import { askGitHub, listRequestOf } from '../../extension/forges/github/api.ts'
import { feedQueryOf } from '../../extension/forges/github/feed-query.ts'
import { find } from '../../extension/forges/github/find.ts'
import { pageOf } from '../../extension/forges/github/pages.ts'
import { parseConstitution } from '../../server/constitution/parse-constitution.ts'
import { placeIn } from '../../server/feed-cursor.ts'
import { ForgeRefusal, ForgeSilence, type Reading } from '../../server/forges/forge.ts'
import { gitHub } from '../../server/forges/github/github.ts'
import { closedBy } from '../../server/forges/github/closing.ts'
import { lastPage, linkTo } from '../../server/forges/github/links.ts'
import { newsOf } from '../../server/forges/github/news.ts'
import { pullsOf } from '../../server/forges/github/pulls.ts'
import { sendTo } from '../../server/forges/github/send.ts'
import { githubSignIn } from '../../server/forges/github-sign-in.ts'
import { readJson } from '../../server/http/read-json.ts'
import { networkOf } from '../../server/http/sender.ts'
import { shaped } from '../../server/http/take.ts'
import { bentJson, bentText, hostileText } from './hostile.ts'
import * as seeds from './seeds.ts'
import { holds, type Target } from './target.ts'

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string
  examples: object[]
}[]

/** What throws nothing but refusals that a person can be told about. */
function refusing<A>(run: () => A): A | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof Problem) {
      holds(error.document.status < 500, `${error.type}: ${error.message}`)
      holds(!JSON.stringify(error.document).includes('<fuzz'), 'a refusal plays back what was sent')
      return undefined
    }
    throw error
  }
}

async function answering(run: () => Promise<unknown>): Promise<void> {
  await run().catch((error: unknown) => {
    const isKnown =
      error instanceof Problem || error instanceof ForgeRefusal || error instanceof ForgeSilence
    if (!isKnown) throw error
    holds(!error.message.includes('<fuzz'), 'a refusal plays back what GitHub said')
  })
}

const target = <Input>(one: Target<Input>) => one as unknown as Target // each is only given its own input

const repository = { host: 'github.com', forgeId: 7, owner: 'o', name: 'r', defaultBranch: 'main' }
const reading: Reading = { signal: new AbortController().signal, onWait: () => Promise.resolve() }

/** What a fake network answers with. */
interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

const replyOf = (bodies: readonly unknown[]): fc.Arbitrary<Reply> =>
  fc.record({
    status: fc.constantFrom(
      200,
      200,
      200,
      200,
      201,
      202,
      301,
      304,
      401,
      403,
      404,
      409,
      422,
      429,
      500,
      502,
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        'link',
        'etag',
        'retry-after',
        'x-ratelimit-remaining',
        'x-ratelimit-reset',
        'location',
        'date',
        'content-type',
      ),
      bentText(seeds.HEADERS).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
      { maxKeys: 3 },
    ),
    body: fc.oneof(
      { weight: 5, arbitrary: bentJson(bodies) },
      { weight: 1, arbitrary: hostileText },
    ),
  })

const network = ({ status, headers, body }: Reply): typeof fetch => {
  const isBare = [204, 304].includes(status)
  return () => Promise.resolve(new Response(isBare ? null : body, { status, headers }))
}

const server = (reply: Reply) => ({
  origin: 'https://moot.example',
  fetch: network(reply),
  now: () => 5e12,
})

const forgeOf = (reply: Reply) =>
  gitHub({
    host: 'github.com',
    api: 'https://api.github.com',
    token: 'x',
    fetch: network(reply),
    now: () => 1.7e12,
    sleep: () => Promise.resolve(),
  })

const tab = new Window({ url: 'https://github.com/o/r/issues' })
const page = tab.document
// What finds things on a page reads where it is, as a content script may.
Object.assign(globalThis, { location: tab.location })

const isSchema = (one: unknown) =>
  typeof one === 'object' && one !== null && 'kind' in one && one.kind === 'schema'

/** Schemas by the names under which a module has them. */
const schemasIn = (module: object) =>
  Object.entries(module).filter(([, one]) => isSchema(one)) as [
    string,
    v.GenericSchema, // as was just looked
  ][]

const api = readdirSync(new URL('../../shared/api', import.meta.url)).filter(
  (file) => !file.includes('.test.'),
)
const SCHEMAS = new Map(
  (
    await Promise.all(api.map((file) => import(`../../shared/api/${file}`) as Promise<object>))
  ).flatMap(schemasIn),
)
const PAYLOADS = new Map(schemasIn(payloads))

export const PARSERS: readonly Target[] = [
  target({
    name: 'subjects',
    share: 6,
    input: fc.oneof(bentText(seeds.SUBJECTS), hostileText),
    check(text) {
      const subject = parseSubject(text)
      if (subject === undefined) return
      holds(parseSubject(subject) === subject, 'a subject is its own address')
      holds(/^[!-~]+$/.test(subject) && subject === subject.toLowerCase(), 'a subject is plain')
      holds(!/[<>"'\\%]|\.\.\//.test(subject), 'a subject has nothing to escape')
      const { host, owner, name, number, part } = partsOf(subject)
      const again = `${host}/${owner}/${name}#${number}${part ? `/${part}` : ''}`
      holds(again === subject, 'a subject is what its parts are')
      // An address of a repository may end in .git, which is no part of its name.
      const named = repositoryOf(subject).replace(/(?<=[^/])(?:\.git)+$/, '')
      holds(parseRepository(repositoryOf(subject)) === named, 'so is its repository')
    },
  }),
  target({
    name: 'repositories',
    share: 6,
    input: fc.oneof(bentText(seeds.SUBJECTS), hostileText),
    check(text) {
      const repo = parseRepository(text)
      if (repo === undefined) return
      holds(parseRepository(repo) === repo, 'a repository is its own address')
      const [, ...path] = repo.split('/')
      const { pathname } = new URL(path.join('/'), 'https://forge.example/')
      holds(path.length === 2 && pathname === `/${path.join('/')}`, `${repo} stays where it is`)
    },
  }),
  target({
    name: 'pages of the forge',
    share: 4,
    input: bentText(seeds.PAGES),
    check(text) {
      if (!URL.canParse(text)) return
      const found = pageOf(new URL(text))
      if (found?.kind === 'subject')
        holds(parseSubject(found.subject) === found.subject, 'a subject')
      if (found?.kind === 'list') listRequestOf(found.view, undefined, true)
    },
  }),
  target({
    name: 'queries of lists',
    share: 4,
    input: fc.oneof(bentText(seeds.QUERIES), hostileText),
    check: (text) => void feedQueryOf(text),
  }),
  target({
    name: 'HTML of pages',
    share: 0.2,
    input: bentText(seeds.HTML),
    check(html) {
      page.body.innerHTML = html
      const list = {
        kind: 'list',
        list: 'issues',
        view: { repository: 'github.com/o/r', query: '', page: 1 },
      }
      // happy-dom's document is one in all that is asked of it here.
      const found = find(list as never, page as never)
      for (const { rows } of found.lists as unknown as { rows?: { subject?: string }[] }[])
        for (const { subject } of rows ?? [])
          holds(subject === undefined || parseSubject(subject) === subject, 'a row names a subject')
    },
  }),
  target({
    name: 'constitutions',
    share: 2,
    input: fc.oneof(bentText(seeds.CONSTITUTIONS), bentJson(seeds.RULES), hostileText),
    check(text) {
      const parsed = parseConstitution(text)
      if ('constitution' in parsed) return
      holds(parsed.faults.length > 0, 'a refusal says why')
      for (const { line, column, detail } of parsed.faults)
        holds(line >= 1 && column >= 1 && detail.length > 0, 'a fault has its place')
    },
  }),
  target({
    name: 'messages of pages',
    share: 6,
    input: fc.tuple(fc.constantFrom(...PAYLOADS.keys()), bentJson(seeds.MESSAGES)),
    check: ([name, json]) => void v.safeParse(PAYLOADS.get(name) ?? v.never(), JSON.parse(json)),
  }),
  target({
    name: 'stored settings and addresses',
    share: 2,
    input: fc.tuple(bentJson(seeds.MESSAGES), bentText(seeds.ADDRESSES)),
    check([json, address]) {
      settingsOf(JSON.parse(json))
      const origin = refusing(() => serverOriginOf(address))
      if (origin !== undefined) holds(/^https?:\/\/[^/]+$/.test(origin), `${origin} is an origin`)
    },
  }),
  target({
    name: 'bodies of requests',
    share: 8,
    input: fc.tuple(
      fc.constantFrom(...SCHEMAS.keys()),
      fc.oneof(
        bentJson(seeds.BODIES),
        bentJson(seeds.BODIES).chain((json) => bentText([json])),
      ),
    ),
    check([name, text]) {
      refusing(() => shaped(SCHEMAS.get(name) ?? v.never(), readJson(text)))
    },
  }),
  target({
    name: 'cursors of feeds',
    share: 4,
    input: fc.oneof(
      bentText(seeds.CURSORS),
      bentJson(seeds.PLACES).map((json) => Buffer.from(json).toString('base64url')),
    ),
    check: (cursor) => void refusing(() => placeIn(cursor, 1, seeds.FEED)),
  }),
  target({
    name: 'addresses of senders',
    share: 3,
    input: fc.oneof(bentText(seeds.SENDERS), hostileText),
    check(text) {
      const network = networkOf(text)
      holds(
        network === undefined || /^[\da-f.:]+(?:\/64)?$|^unreadable$/.test(network),
        `${network}`,
      )
    },
  }),
  target({
    name: 'deliveries',
    share: 3,
    input: fc.constantFrom(...examples).chain(({ name, examples: bodies }) =>
      fc.record({
        event: fc.constantFrom(
          name,
          'issues',
          'pull_request',
          'push',
          'repository',
          'issue_comment',
        ),
        body: fc.oneof(
          { weight: 5, arbitrary: bentJson(bodies) },
          { weight: 1, arbitrary: hostileText },
        ),
      }),
    ),
    check(delivery) {
      const news = newsOf('github.com', delivery)
      holds(typeof news.kind === 'string', 'news are of a kind')
    },
  }),
  target({
    name: 'what closes what, and links',
    share: 4,
    input: fc.oneof(bentText(seeds.CLOSING), bentText(seeds.HEADERS), hostileText),
    check(text) {
      for (const number of closedBy(text, 'o/r', 1)) holds(Number.isSafeInteger(number), 'a number')
      linkTo(text, 'next', 'https://api.github.com/x')
      lastPage(text, 'https://api.github.com/x')
    },
  }),
  target({
    name: 'answers of GitHub to imports',
    share: 3,
    input: replyOf(seeds.GITHUB),
    async check(reply) {
      const forge = forgeOf(reply)
      const address = forge.changedItems(repository, null)
      await answering(() => forge.repository({ forgeId: 7 }, reading))
      await answering(() => forge.itemPage(repository, address, null, reading))
      await answering(() => forge.commitPage(forge.commits(repository, 0), '"e"', reading))
      await answering(() => forge.item(repository, 5, reading))
    },
  }),
  target({
    name: 'answers of GitHub about pull requests',
    share: 3,
    input: replyOf(seeds.GITHUB),
    async check(reply) {
      const send = sendTo({
        api: 'https://api.github.com',
        fetch: network(reply),
        now: () => 1.7e12,
      })
      const pulls = pullsOf(send, () => Promise.resolve('x'))
      await answering(() => pulls.pull(repository, 5))
      await answering(() => pulls.rules(repository, 'main', '.github/forgemoot.yml'))
      await answering(() =>
        pulls.changes(
          repository,
          { tip: 'a'.repeat(40), head: 'b'.repeat(40), testMerge: 'c'.repeat(40) },
          true,
        ),
      )
      await answering(() => pulls.tip(repository, 'main'))
      await answering(() => pulls.isPublic(repository))
      await answering(() => pulls.account(repository, 'ada'))
    },
  }),
  target({
    name: 'answers of GitHub to sign-ins',
    share: 3,
    input: replyOf(seeds.SIGN_INS),
    async check(reply) {
      const forge = githubSignIn({
        site: 'https://github.com',
        api: 'https://api.github.com',
        fetch: network(reply),
      })
      const app = { id: 'i', secret: 's' }
      await answering(() =>
        forge.tokenOf(app, { code: 'c', verifier: 'v', redirectUri: 'https://x' }),
      )
      await answering(() => forge.startDevice(app))
      await answering(() => forge.askDevice(app, 'd'))
      await answering(() => forge.accountOf('t'))
      await answering(() => forge.appOf('c'))
    },
  }),
  target({
    name: 'answers of GitHub to the extension',
    share: 3,
    input: replyOf(seeds.GITHUB),
    async check(reply) {
      const request = {
        url: 'https://api.github.com/search/issues?q=x',
        resource: 'search',
      } as const
      const asker = { fetch: network(reply), now: () => 1.7e12, token: undefined, etag: undefined }
      const answer = await askGitHub(request, asker)
      for (const { subject } of 'items' in answer ? answer.items : [])
        holds(parseSubject(subject) === subject, 'an item is a subject')
    },
  }),
  target({
    name: 'answers of servers to the extension',
    share: 3,
    input: replyOf(seeds.REPLIES),
    async check(reply) {
      await client.askAbout(server(reply))
      await client.askScores(server(reply), ['github.com/o/r#1'])
      await client.sendVotes(server(reply), [])
      await client.askExport(server(reply))
    },
  }),
]
