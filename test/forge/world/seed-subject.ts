import { randomFrom, type Random } from './random.ts'
import { seedComments, seedEvents, seedReactions, seedReviews } from './seed-talk.ts'
import { stamp } from './stamp.ts'
import { oddTitles, sentences, tails, things, verbs } from './words.ts'
import { now, type Repository, type Subject, type World } from './world.ts'

const firstDay = Date.parse('2020-02-01T08:00:00Z')

/** Builds one issue or pull request from nothing but its repository and number. */
export function seedSubject(
  world: World,
  repository: Repository,
  number: number,
  size: number,
): Subject {
  const random = randomFrom(`${repository.name}#${number}`)
  const kind = [6, 15].includes(number % 19) ? 'pull' : 'issue'
  const created =
    firstDay + ((now.getTime() - firstDay) * (number - random.next() * 0.8)) / (size + 1)
  const open = random.chance(0.12 + 0.6 * (number / size) ** 6)
  const closed = created + (now.getTime() - created) * random.next() ** 2
  const comments = seedComments(world, repository, number, created, random)
  const updated = Math.max(open ? created : closed, ...comments.map((c) => Date.parse(c.createdAt)))
  const id = 2_000_000_000 + repository.id * 3_000 + number * 7
  return {
    repo: repository.name,
    number,
    kind,
    id,
    nodeId: `${kind === 'pull' ? 'PR' : 'I'}_kwDO${id.toString(36)}`,
    title: titleOf(number, random),
    body: bodyOf(random),
    state: open ? 'open' : 'closed',
    stateReason: open || kind === 'pull' ? null : random.chance(0.2) ? 'not_planned' : 'completed',
    merged: kind === 'pull' && !open && random.chance(0.75),
    draft: kind === 'pull' && open && random.chance(0.25),
    author: random.pick(world.accounts),
    association: random.pick(['NONE', 'NONE', 'CONTRIBUTOR', 'MEMBER', 'OWNER'] as const),
    labels: someOf(repository.labels, random.pick([0, 0, 1, 1, 2, 3]), random),
    milestone: random.chance(kind === 'pull' ? 0.4 : 0.15)
      ? random.pick(repository.milestones)
      : null,
    assignees: someOf(world.accounts, random.pick([0, 0, 0, 1, 2]), random),
    linked: [],
    createdAt: stamp(created),
    updatedAt: stamp(updated),
    closedAt: open ? null : stamp(closed),
    reactions: seedReactions(random),
    comments,
    reviews: kind === 'pull' ? seedReviews(world, repository, number, created, random) : [],
    headSha: shaOf(random),
    events: seedEvents(world, number, created, random),
  }
}

/** Different members, in their own order. */
function someOf<T>(from: readonly T[], count: number, random: Random): T[] {
  const chosen = new Set<T>()
  while (chosen.size < count) chosen.add(random.pick(from))
  return from.filter((each) => chosen.has(each))
}

function titleOf(number: number, random: Random): string {
  // The odd ones are spread so that each page of 25 open issues is likely to show one.
  if (number % 23 === 0) return random.pick(oddTitles)
  return `${random.pick(verbs)} ${random.pick(things)}${random.pick(tails)}`
}

function bodyOf(random: Random): string {
  const paragraphs = Array.from({ length: random.int(1, 3) }, () =>
    Array.from({ length: random.int(1, 4) }, () => random.pick(sentences)).join(' '),
  )
  return paragraphs.join('\n\n')
}

function shaOf(random: Random): string {
  return Array.from({ length: 40 }, () => random.int(0, 15).toString(16)).join('')
}
