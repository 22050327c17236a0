/**
 * The one writer. SQLite runs on the thread that calls it, waiting for the disk included, so writing has a
 * thread of its own and reading goes on meanwhile. Votes are not collected by a timer: of what
 * arrives while one transaction runs the next is made, so that a lone vote waits for nobody and a crowd
 * shares the wait for the disk.
 */
import { once } from 'node:events'
import { Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Forgotten, Leaving } from '../db/forget-person.ts'
import type { DatabaseAddress } from '../db/open.ts'
import type { Outcome, PersonsVote } from '../db/vote-log.ts'
import type { Amendment } from '../db/tallies/amend-tally.ts'
import type { Cast, SentBallot } from '../db/tallies/cast-ballot.ts'
import type { Delegated, SentDelegation } from '../db/tallies/delegate-vote.ts'
import type { NamedAccounts } from '../db/tallies/named-accounts.ts'
import type { Opened, Opening } from '../db/tallies/open-tally.ts'
import type { ItemFacts, RepositoryFacts, WorkFacts } from '../forge-facts.ts'
import type { ScoreText } from '../scores/score-text.ts'
import { startThread } from '../thread.ts'
import { cannotWrite, writeFailure } from './write-failure.ts'
import { type Histogram, histogram } from '../operations/measures.ts'
import type { Done, Movement, Task } from './writer-tasks.ts'

/** A write besides votes, in the database's own words. */
export interface Statement {
  sql: string
  args: (string | number | null)[]
}

/** Everything that changes the database goes through here, and answers once it is on the disk. */
export interface Writer {
  /** Appends votes to the log. `busy` when too many wait already. */
  castVotes(votes: PersonsVote[]): Promise<CastVotes>
  /** Runs statements in one transaction, and answers with the rows of the last. */
  run(statements: Statement[]): Promise<unknown[][]>
  /** Learns what a repository is called now, whatever it was called before; its id. */
  nameRepository(facts: RepositoryFacts): Promise<number>
  /** Writes what a forge says about items of a repository, each number once. Older news changes nothing. */
  takeItems(repositoryId: number, items: readonly ItemFacts[]): Promise<void>
  /** Writes merged work down. */
  takeWork(repositoryId: number, work: readonly WorkFacts[]): Promise<void>
  /** Makes contributors of those with work at or after `since`, epoch milliseconds, and of nobody else. */
  settleContributors(repositoryId: number, since: number): Promise<Movement>
  /** Forgets a person if none of their votes stands; undefined when one does. */
  forgetPerson(leaving: Leaving): Promise<Forgotten>
  /** Keeps whom the logins of a constitution mean; those that were known mean whom they meant. */
  nameAccounts(named: NamedAccounts): Promise<void>
  /** Opens a tally in place of the last; undefined when another was opened meanwhile. */
  openTally(opening: Opening): Promise<Opened>
  castBallot(ballot: SentBallot): Promise<Cast>
  delegateVote(delegation: SentDelegation): Promise<Delegated>
  /** Decides a tally if it is time; true when it did. */
  settleTally(id: number): Promise<boolean>
  /** Changes a tally that is in a state; false when it is in another by now. */
  amendTally(amendment: Amendment): Promise<boolean>
  /** How many votes wait for the disk. */
  queued(): number
  /** How many votes shared each commit. */
  commits: Histogram
  /** Resolves, to the reason, when the thread has ended and nobody asked for it. */
  lost: Promise<unknown>
  /** Finishes what was begun and lets go of the database. */
  close(): Promise<void>
}

/** What became of some votes, and what their subjects are worth after them. */
export interface CastVotes {
  outcomes: Outcome[]
  scores: Map<SubjectId, ScoreText>
}

/** What the two threads say to each other. */
export type Order =
  | { key: number; votes: PersonsVote[] }
  | { key: number; statements: Statement[] }
  | { key: number; task: Task }
  | { key: number; close: true }

export type Answer =
  | { key: number; outcomes: Outcome[] }
  | { key: number; rows: unknown[][] }
  | { key: number; result: Done['result'] }
  | { key: number; closed: true }
  | { key: number; failure: string }

/** What was answered together; the scores are of all the votes in it. */
export interface Answers {
  answers: Answer[]
  scores: Map<SubjectId, ScoreText>
  /** Repositories, as `host/owner/name`, of which nothing may be remembered that is not in `scores`. */
  renamed: readonly string[]
}

/** What the writer is told at its start. */
export interface WriterSettings {
  database: DatabaseAddress
  /** Logins of people who signed in locally are believed to be the forge's. */
  localLogins: boolean
  /** What the clock is ahead by, as `Clock` has it. */
  ahead?: SharedArrayBuffer | undefined
}

/** Votes that may wait for the disk: some seconds' worth. */
export const QUEUE = 20_000

interface Waiting {
  votes: number
  resolve(answer: Answer, scores: Answers['scores']): void
  reject(error: Error): void
}

/**
 * Starts the writer's thread. `onChange` is told of changed scores before anybody gets a receipt for
 * them, so that whoever has a receipt can read the vote.
 */
export async function startWriter(
  settings: WriterSettings,
  onChange: (change: Pick<Answers, 'scores' | 'renamed'>) => void,
  queue: number = QUEUE,
): Promise<Writer> {
  const worker = startThread(new URL('writer-worker.ts', import.meta.url), settings)
  await once(worker, 'message')
  const waiting = new Map<number, Waiting>()
  const commits = histogram([1, 2, 5, 10, 25, 50, 100, 250, 500, 1000])
  let orders: Order[] = []
  let lastKey = 0
  let queued = 0
  let stopped: Error | undefined
  let closing = false

  worker.on('message', ({ answers, scores, renamed }: Answers) => {
    if (scores.size || renamed.length) onChange({ scores, renamed })
    let committed = 0
    for (const answer of answers) {
      if ('outcomes' in answer) committed += answer.outcomes.length
      const one = waiting.get(answer.key)
      if (!one) continue
      waiting.delete(answer.key)
      queued -= one.votes
      if ('failure' in answer) one.reject(writeFailure(answer.failure))
      else one.resolve(answer, scores)
    }
    if (committed) commits.add(committed)
  })
  worker.on('error', stop)
  const lost = new Promise<unknown>((resolve) => {
    worker.on('exit', () => {
      stop('its thread has ended')
      if (!closing) resolve(stopped?.cause)
    })
  })

  function stop(reason: unknown) {
    stopped ??= cannotWrite(reason)
    for (const { reject } of waiting.values()) reject(stopped)
    waiting.clear()
    queued = 0
  }

  function post() {
    const batch = orders
    orders = []
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(batch)
  }

  function ask<A>(
    order: (key: number) => Order,
    votes: number,
    answered: (answer: Answer, scores: Answers['scores']) => A,
  ) {
    return new Promise<A>((resolve, reject) => {
      if (stopped) return reject(stopped)
      const key = ++lastKey
      queued += votes
      waiting.set(key, { votes, reject, resolve: (...told) => resolve(answered(...told)) })
      if (orders.push(order(key)) === 1) setImmediate(post)
    })
  }

  /** The result is the one that the task's verb has, as `perform` sees to. */
  const perform = <Result>(task: Task) =>
    ask(
      (key) => ({ key, task }),
      0,
      (answer) => ('result' in answer ? answer.result : undefined) as Result,
    )

  return {
    lost,
    queued: () => queued,
    commits,
    nameRepository: (facts) => perform({ verb: 'nameRepository', facts }),
    takeItems: (repositoryId, items) => perform({ verb: 'takeItems', repositoryId, items }),
    takeWork: (repositoryId, work) => perform({ verb: 'takeWork', repositoryId, work }),
    settleContributors: (repositoryId, since) =>
      perform({ verb: 'settleContributors', repositoryId, since }),
    forgetPerson: (leaving) => perform({ verb: 'forgetPerson', leaving }),
    nameAccounts: (named) => perform({ verb: 'nameAccounts', named }),
    openTally: (opening) => perform({ verb: 'openTally', opening }),
    castBallot: (ballot) => perform({ verb: 'castBallot', ballot }),
    delegateVote: (delegation) => perform({ verb: 'delegateVote', delegation }),
    settleTally: (id) => perform({ verb: 'settleTally', id }),
    amendTally: (amendment) => perform({ verb: 'amendTally', amendment }),
    castVotes(votes) {
      if (queued + votes.length > queue) {
        throw new Problem(
          'busy',
          'More votes arrive than the disk can take. Try again in a moment.',
        )
      }
      return ask(
        (key) => ({ key, votes }),
        votes.length,
        (answer, scores) => ({
          outcomes: 'outcomes' in answer ? answer.outcomes : [],
          scores,
        }),
      )
    },
    run(statements) {
      return ask(
        (key) => ({ key, statements }),
        0,
        (answer) => ('rows' in answer ? answer.rows : []),
      )
    },
    async close() {
      closing = true
      if (stopped) return
      const exited = once(worker, 'exit')
      await ask(
        (key) => ({ key, close: true }),
        0,
        () => undefined,
      )
      await exited
    },
  }
}
