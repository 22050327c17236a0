/** What the writer does besides votes: one name for each, so that an order can be sent to its thread. */
import { type Forgotten, forgetPerson, type Leaving } from '../db/forget-person.ts'
import type { Ledger } from '../db/ledger.ts'
import { nameRepository } from '../db/name-repository.ts'
import { settleContributors } from '../db/settle-contributors.ts'
import type { Scores } from '../db/sum-again.ts'
import { takeItems } from '../db/take-items.ts'
import { amendTally, type Amendment } from '../db/tallies/amend-tally.ts'
import { type Cast, castBallot, type SentBallot } from '../db/tallies/cast-ballot.ts'
import { type Delegated, delegateVote, type SentDelegation } from '../db/tallies/delegate-vote.ts'
import { type NamedAccounts, nameAccounts } from '../db/tallies/named-accounts.ts'
import { type Opened, type Opening, openTally } from '../db/tallies/open-tally.ts'
import { settleTally } from '../db/tallies/settle-tally.ts'
import { takeWork } from '../db/take-work.ts'
import type { ItemFacts, RepositoryFacts, WorkFacts } from '../forge-facts.ts'

export type Task =
  | { verb: 'nameRepository'; facts: RepositoryFacts }
  | { verb: 'takeItems'; repositoryId: number; items: readonly ItemFacts[] }
  | { verb: 'takeWork'; repositoryId: number; work: readonly WorkFacts[] }
  | { verb: 'settleContributors'; repositoryId: number; since: number }
  | { verb: 'forgetPerson'; leaving: Leaving }
  | { verb: 'nameAccounts'; named: NamedAccounts }
  | { verb: 'openTally'; opening: Opening }
  | { verb: 'castBallot'; ballot: SentBallot }
  | { verb: 'delegateVote'; delegation: SentDelegation }
  | { verb: 'settleTally'; id: number }
  | { verb: 'amendTally'; amendment: Amendment }

/** Tasks that leave subjects, and the votes on them, as they are. */
export const BESIDE_VOTES: ReadonlySet<Task['verb']> = new Set([
  'takeWork',
  'nameAccounts',
  'openTally',
  'castBallot',
  'delegateVote',
  'settleTally',
  'amendTally',
] as const)

/** How many accounts became contributors of a repository, and how many ceased to be. */
export interface Movement {
  joined: number
  left: number
}

/** What came of a task: its result, and what nobody may go on believing. */
export interface Done {
  result: number | Movement | Opened | Cast | Delegated | Forgotten | boolean | undefined
  /** Scores as they are now. */
  scores: Scores
  /** Repositories, as `host/owner/name`, whose scores may all be others now. */
  renamed: readonly string[]
}

export async function perform(ledger: Ledger, task: Task): Promise<Done> {
  switch (task.verb) {
    case 'nameRepository': {
      const { repositoryId, renamed, scores } = await nameRepository(ledger, task.facts)
      return { result: repositoryId, scores, renamed }
    }
    case 'takeItems':
      return done(undefined, await takeItems(ledger, task.repositoryId, task.items))
    case 'takeWork':
      await takeWork(ledger, task.repositoryId, task.work)
      return done(undefined)
    case 'settleContributors': {
      const { scores, ...movement } = await settleContributors(
        ledger,
        task.repositoryId,
        task.since,
      )
      return done(movement, scores)
    }
    case 'forgetPerson':
      return done(await forgetPerson(ledger, task.leaving))
    case 'nameAccounts':
      await nameAccounts(ledger, task.named)
      return done(undefined)
    case 'openTally':
      return done(await openTally(ledger, task.opening))
    case 'castBallot':
      return done(await castBallot(ledger, task.ballot))
    case 'delegateVote':
      return done(await delegateVote(ledger, task.delegation))
    case 'settleTally':
      return done(await settleTally(ledger, task.id))
    case 'amendTally':
      return done(await amendTally(ledger, task.amendment))
  }
}

const done = (result: Done['result'], scores: Scores = new Map()): Done => ({
  result,
  scores,
  renamed: [],
})
