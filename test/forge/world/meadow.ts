import { randomFrom, type Random } from './random.ts'
import { seedReactions } from './seed-talk.ts'
import { stamp } from './stamp.ts'
import { labelSeeds, logins, things, verbs } from './words.ts'
import { now, type Commit, type Repository, type Subject, type World } from './world.ts'

const NAME = 'moot/meadow'
const DAY = 86_400_000
const FIRST_DAY = Date.parse('2016-03-01T08:00:00Z')

/** A forge with one large repository, `moot/meadow`, of which there is no page. The same each time. */
export function seedMeadow(size: number, commits = 350): World {
  const accounts = [
    ...logins.map((login, index) => ({ login, id: 1_400_001 + index * 37 })),
    { login: 'weedbot[bot]', id: 1_499_001, isBot: true },
  ]
  const world: World = {
    accounts,
    repositories: new Map(),
    moved: new Map(),
    transferred: new Map(),
  }
  const id = 880_003
  const labels = labelSeeds.map(([name, color, description], index) => ({
    id: id * 100 + index,
    name,
    color,
    description,
  }))
  const repository: Repository = { name: NAME, id, labels, milestones: [], subjects: new Map() }
  for (let number = 1; number <= size; number++) {
    repository.subjects.set(number, seedItem(world, repository, number, size))
  }
  repository.commits = seedCommits(world, commits)
  world.repositories.set(NAME, repository)
  return world
}

/** One issue, or of every five one pull request, half of which say what they close. */
function seedItem(world: World, repository: Repository, number: number, size: number): Subject {
  const random = randomFrom(`${NAME}#${number}`)
  const kind = number % 5 === 0 ? 'pull' : 'issue'
  const created = FIRST_DAY + ((now.getTime() - FIRST_DAY) * number) / (size + 1)
  const open = random.chance(0.1)
  const closed = created + (now.getTime() - created) * random.next() ** 2
  const updated = open ? created : closed
  const id = 2_500_000_000 + number * 7
  const closes = kind === 'pull' && number > 5 && random.chance(0.5) ? number - 1 - (number % 4) : 0
  return {
    repo: NAME,
    number,
    kind,
    id,
    nodeId: `${kind === 'pull' ? 'PR' : 'I'}_kwDO${id.toString(36)}`,
    title: `${random.pick(verbs)} ${random.pick(things)}`,
    body: closes ? `Closes #${closes}, see also #1.` : 'Nothing more to say.',
    state: open ? 'open' : 'closed',
    stateReason: open || kind === 'pull' ? null : 'completed',
    merged: kind === 'pull' && !open && random.chance(0.75),
    base: number % 35 ? 'main' : 'next',
    draft: kind === 'pull' && open && random.chance(0.25),
    author: random.pick(world.accounts),
    association: 'NONE',
    labels: random.chance(0.5) ? [random.pick(repository.labels)] : [],
    milestone: null,
    assignees: [],
    linked: [],
    createdAt: stamp(created),
    updatedAt: stamp(updated),
    closedAt: open ? null : stamp(closed),
    reactions: seedReactions(random),
    comments: [],
    reviews: [],
    headSha: shaFrom(random),
  }
}

/** Two years of them, newest first; every seventh is a merge, and of every eleventh nobody knows the author. */
function seedCommits(world: World, count: number): Commit[] {
  const random = randomFrom(`${NAME} commits`)
  const shas = Array.from({ length: count + 1 }, () => shaFrom(random))
  return shas.slice(0, count).map((sha, index) => ({
    sha,
    parents: index % 7 ? [shas[index + 1] ?? ''] : [shas[index + 1] ?? '', sha.replace(/^./, 'f')],
    author: index % 11 ? random.pick(world.accounts.slice(10)) : null,
    message: `${random.pick(verbs)} ${random.pick(things)}`,
    date: stamp(now.getTime() - (index * 2 * 365 * DAY) / count),
  }))
}

function shaFrom(random: Random): string {
  return Array.from({ length: 40 }, () => random.int(0, 15).toString(16)).join('')
}
