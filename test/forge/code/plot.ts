/** `moot/plot`: a small repository with code, whose contributors are known by name. */
import type { Account, Repository, Subject, World } from '../world/world.ts'
import { noReactions } from '../world/world.ts'
import { type Code, codeOf } from './code.ts'
import type { FileEdit } from './git.ts'

export const PLOT = 'moot/plot'

export interface PlotOptions {
  /** Logins with a merged commit each; the first is the author of the pull requests. */
  contributors: readonly string[]
  /** Others who have an account. */
  others?: readonly string[]
  constitution: string | null
  /** Besides the constitution and some sources. */
  files?: Record<string, FileEdit>
  /** Pull requests, numbered from 1, by the first contributor. */
  pulls?: number
}

export interface Plot {
  world: World
  repository: Repository
  code: Code
  accountOf(login: string): Account
}

const CONSTITUTION = '.github/forgemoot.yml'

const SOURCES: Record<string, FileEdit> = {
  'README.md': '# A plot\n',
  'src/main.js': Array.from({ length: 40 }, (_, i) => `line(${i})\n`).join(''),
  'src/other.js': 'other()\n',
  'ci/real.yml': 'steps: []\n',
}

export function seedPlot(options: PlotOptions): Plot {
  const { contributors, others = [], constitution, files = {}, pulls = 3 } = options
  const accounts = [...contributors, ...others].map((login, i) => ({ login, id: 3_000_001 + i }))
  const now = Date.now()
  const commits = contributors.map((login, i) => ({
    sha: (i + 1).toString(16).padStart(40, '0'),
    parents: [(i + 2).toString(16).padStart(40, '0')],
    author: accounts.find((account) => account.login === login) ?? null,
    message: `Work of ${login}`,
    date: new Date(now - (i + 1) * 86_400_000).toISOString().replace(/\.\d+/, ''),
  }))
  const repository: Repository = {
    name: PLOT,
    id: 910_001,
    commits,
    labels: [],
    milestones: [],
    subjects: new Map(),
  }
  const world: World = {
    accounts,
    repositories: new Map([[PLOT, repository]]),
    moved: new Map(),
    transferred: new Map(),
  }
  const [author] = accounts
  if (!author) throw new Error('a plot needs somebody')
  for (let number = 1; number <= pulls; number++) {
    repository.subjects.set(number, pullNamed(number, author, now))
  }
  const rules = constitution === null ? {} : { [CONSTITUTION]: constitution }
  const code = codeOf(repository, { ...SOURCES, ...rules, ...files })
  for (let number = 1; number <= pulls; number++) {
    code.push(number, { [`src/new-${number}.js`]: `added(${number})\n` })
  }
  return {
    world,
    repository,
    code,
    accountOf(login) {
      const found = accounts.find((account) => account.login === login)
      if (!found) throw new Error(`nobody is called ${login}`)
      return found
    },
  }
}

function pullNamed(number: number, author: Account, now: number): Subject {
  const at = new Date(now - 3_600_000).toISOString().replace(/\.\d+/, '')
  return {
    repo: PLOT,
    number,
    kind: 'pull',
    id: 2_900_000_000 + number * 7,
    nodeId: `PR_kwDO${number}`,
    title: `Change number ${number}`,
    body: 'It is better so.',
    state: 'open',
    stateReason: null,
    merged: false,
    draft: false,
    author,
    association: 'CONTRIBUTOR',
    labels: [],
    milestone: null,
    assignees: [],
    linked: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    reactions: { ...noReactions },
    comments: [],
    reviews: [],
    headSha: '0'.repeat(40),
  }
}
