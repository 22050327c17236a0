import type { Random } from './random.ts'
import { stamp } from './stamp.ts'
import { sentences } from './words.ts'
import {
  noReactions,
  now,
  type Comment,
  type LineComment,
  type Reactions,
  type Repository,
  type Review,
  type TimelineEvent,
  type World,
} from './world.ts'

/** The issue with a long conversation, and the pull request with reviews. */
export const longIssue = 100
export const reviewedPull = 1868

/** An issue with 300 comments, of which a page shows 30 at first, and a pull request with 80 line comments. */
export const longestIssue = 200
export const longestPull = 1887

/** Long-tailed: most have none, a few have hundreds. */
export function seedReactions(random: Random): Reactions {
  const reactions = { ...noReactions }
  if (random.chance(0.45)) return reactions
  reactions['+1'] = tailed(random, 1.1)
  if (random.chance(0.2)) reactions['-1'] = tailed(random, 1.8)
  for (const name of ['laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const) {
    if (random.chance(0.12)) reactions[name] = tailed(random, 1.6)
  }
  return reactions
}

function tailed(random: Random, exponent: number): number {
  return Math.min(900, Math.floor((1 - random.next()) ** (-1 / exponent)))
}

export function seedComments(
  world: World,
  repository: Repository,
  number: number,
  created: number,
  random: Random,
): Comment[] {
  if (number === longestIssue) return manyComments(world, 300, 3_300_000_000, created, random)
  if (number === longestPull) return manyComments(world, 40, 3_300_001_000, created, random)
  const count = number === longIssue ? 60 : random.pick([0, 0, 1, 1, 2, 3, 4, 6])
  return Array.from({ length: count }, (_, index) => ({
    id: 3_100_000_000 + (repository.id % 10) * 10_000_000 + number * 100 + index,
    author: random.pick(world.accounts),
    body: `${random.pick(sentences)} ${random.pick(sentences)}`,
    createdAt: stamp(created + ((now.getTime() - created) * (index + 1)) / (count + 2)),
    reactions: random.chance(0.3) ? seedReactions(random) : { ...noReactions },
  }))
}

/** What people write who could have left a reaction. */
const AGREEMENTS = ['+1', '👍', 'Me too!', 'same here :)']

function manyComments(
  world: World,
  count: number,
  first: number,
  created: number,
  random: Random,
): Comment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: first + index,
    author: random.pick(world.accounts),
    body:
      index % 20 === 7
        ? random.pick(AGREEMENTS)
        : `${random.pick(sentences)} ${random.pick(sentences)}`,
    createdAt: stamp(created + ((now.getTime() - created) * (index + 1)) / (count + 2)),
    reactions: random.chance(0.3) ? seedReactions(random) : { ...noReactions },
  }))
}

const HAPPENINGS = [
  'added the bug label',
  'self-assigned this',
  'mentioned this',
  'changed the title',
]

/** What happens between many comments; nothing between few. */
export function seedEvents(
  world: World,
  number: number,
  created: number,
  random: Random,
): TimelineEvent[] {
  const count = number === longestIssue ? 20 : number === longestPull ? 6 : 0
  return Array.from({ length: count }, (_, index) => ({
    id: 5_100_000_000 + number * 100 + index,
    actor: random.pick(world.accounts),
    text: random.pick(HAPPENINGS),
    createdAt: stamp(created + ((now.getTime() - created) * (index + 0.5)) / count),
  }))
}

export function seedReviews(
  world: World,
  repository: Repository,
  number: number,
  created: number,
  random: Random,
): Review[] {
  if (number === longestPull) return manyReviews(world, created, random)
  const count = number === reviewedPull ? 3 : random.pick([0, 0, 0, 1])
  return Array.from({ length: count }, (_, index) => {
    const id = 4_200_000_000 + (repository.id % 10) * 10_000_000 + number * 100 + index * 10
    const at = stamp(created + (index + 1) * 3_600_000)
    const line = (offset: number): LineComment => ({
      id: id - 2_000_000_000 + offset,
      author: random.pick(world.accounts),
      body: random.pick(sentences),
      createdAt: at,
      reactions: random.chance(0.5) ? seedReactions(random) : { ...noReactions },
      path: random.pick(['src/bed.ts', 'src/water/plan.ts', 'guide/soil.md']),
    })
    return {
      id,
      author: random.pick(world.accounts),
      verdict: random.pick(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const),
      body: random.pick(sentences),
      createdAt: at,
      lines: number === reviewedPull ? [line(1), line(2)] : [],
    }
  })
}

/** Five reviews of eight threads of two comments each. */
function manyReviews(world: World, created: number, random: Random): Review[] {
  return Array.from({ length: 5 }, (_, index) => {
    const at = stamp(created + ((now.getTime() - created) * (index + 0.7)) / 6)
    const lines = Array.from({ length: 16 }, (_, offset): LineComment => {
      const id = 2_390_000_000 + index * 100 + offset
      return {
        id,
        author: random.pick(world.accounts),
        body: random.pick(sentences),
        createdAt: at,
        reactions: random.chance(0.5) ? seedReactions(random) : { ...noReactions },
        path: 'src/water/plan.ts',
        ...(offset % 2 && { replyTo: id - 1 }),
      }
    })
    return {
      id: 4_390_000_000 + index * 100,
      author: random.pick(world.accounts),
      verdict: random.pick(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const),
      body: index % 2 ? '' : random.pick(sentences),
      createdAt: at,
      lines,
    }
  })
}
