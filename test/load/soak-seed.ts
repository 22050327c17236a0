/** What a soaked server begins with: a large repository of items, and a small one whose pull requests are voted on. */
import type { ImportReply } from '#shared/api/imports'
import type { TallyReply } from '#shared/api/tallies'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { startTestServer, type TestServer } from '../../server/testing.ts'
import { type MergingForge, startMergingForge } from '../forge/code/merging-rest.ts'
import { PLOT } from '../forge/code/plot.ts'

export const SUBJECTS = 5000
export const FIELD = 'github.com/moot/field'
const PEOPLE = 200
const PULLS = 20

/** Open for longer than anything here lasts, whatever is cast. */
const RULES = `version: 1
vote: { inFavour: 1, minPeriod: 7 days, maxPeriod: 14 days }
pass: { action: check }
`

export interface SoakSeed {
  /** A stand-in for GitHub, which the server tells how votes on merging stand. */
  forge: MergingForge
  environment: Record<string, string>
  /** Sessions of people, each a contributor of the small repository. */
  tokens: string[]
  /** Pull requests with an open tally. */
  pulls: { subject: string; head: string }[]
}

export async function seedSoak(file: string): Promise<SoakSeed> {
  const people = Array.from({ length: PEOPLE }, (_, i) => `person-${i}`)
  const forge = await startMergingForge({
    contributors: ['ada', ...people],
    constitution: RULES,
    pulls: PULLS,
  })
  const environment = {
    FORGEMOOT_GITHUB_API_URL: forge.url,
    FORGEMOOT_GITHUB_TOKEN: 'forge-token-ada',
  }
  const server = await startTestServer(file, environment)
  await fillField(server)
  const tokens: string[] = []
  for (const login of people) tokens.push(await server.signIn(login))
  const pulls = await openTallies(server, tokens[0] ?? '')
  await server.stop()
  return { forge, environment, tokens, pulls }
}

async function fillField(server: TestServer) {
  const [, owner = '', name = ''] = FIELD.split('/')
  const facts = { host: 'github.com', forgeId: 7, owner, name, defaultBranch: 'main' }
  const id = await server.writer.nameRepository(facts)
  const author = { forgeId: 1, login: 'gardener', isBot: false }
  for (let from = 1; from <= SUBJECTS; from += 500) {
    const items = Array.from({ length: 500 }, (_, i): ItemFacts => ({
      number: from + i,
      kind: i % 3 ? 'issue' : 'pull',
      state: i % 4 ? 'open' : 'closed',
      title: `Plant tree ${from + i}`,
      author,
      labels: i % 5 ? [] : [{ name: 'bug', color: 'ff0000' }],
      comments: i % 7,
      openedAt: 1.7e12 + i,
      updatedAt: 1.7e12 + i,
      closedAt: null,
      mergedAt: null,
      isDraft: false,
      isHome: null,
      reactions: {},
      closes: [],
    }))
    await server.writer.takeItems(id, items)
  }
  await server.writer.run([{ sql: 'UPDATE repositories SET imported_at = ?', args: [Date.now()] }])
}

async function openTallies(server: TestServer, token: string) {
  const repo = `github.com/${PLOT}`
  const { body } = await server.ask('/v1/imports', { token, body: { repo } })
  const { id } = body as ImportReply
  for (let status = ''; status !== 'done'; await new Promise((done) => setTimeout(done, 50))) {
    const reply = (await server.ask(`/v1/imports/${id}`, { token })).body as ImportReply
    if (reply.status === 'failed') throw new Error(String(reply.problem))
    status = reply.status
  }
  const pulls: SoakSeed['pulls'] = []
  for (let number = 1; number <= PULLS; number++) {
    const subject = `${repo}#${number}`
    const opened = await server.ask('/v1/tallies', { token, body: { subject } })
    if (opened.status >= 300) throw new Error(JSON.stringify(opened.body))
    pulls.push({ subject, head: (opened.body as TallyReply).head })
  }
  return pulls
}
