/**
 * Every call between pages and the background, as signatures. What a content script may ask is apart
 * from what only the extension's own pages may: the background looks at the sender. An error crosses
 * with its fields but without its class: ask for `problem.type`.
 */
import { browser } from 'wxt/browser'
import type { FeedItem } from '#shared/api/feed'
import type { PersonExport, VoterReply } from '#shared/api/person'
import type { SessionsReply } from '#shared/api/sign-in'
import type { BallotRequest, CancelRequest, DelegationRequest } from '#shared/api/tallies'
import type { Order } from '#shared/ranking'
import type { ProblemDocument } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Value, Vote } from '#shared/vote'
import type { ListKind, ListView } from './forges/forge.ts'
import type { SeenReasons } from './seen-reasons.ts'
import type { SeenScore } from './seen-score.ts'
import type { SeenTally, TallyStates } from './seen-tally.ts'
import type { NoiseSettings } from './settings.ts'

export type Scores = Record<SubjectId, SeenScore>

/** What was found on a page and how, without anything that tells which page it was. */
export interface SelfCheck {
  /** `issues`, `pulls`, `dashboard`, `mixed`, `subject`. */
  page: string
  /** When, epoch milliseconds. */
  at: number
  /** The forge's own name for the application that drew the page. */
  app: string
  /** Element name → the strategy that found it, or '' when none did. */
  strategies: Record<string, string>
  /** Rows that looked like rows, rows with one subject, widgets drawn. */
  rows: number
  named: number
  widgets: number
  /** A list that the forge itself says is empty. */
  isEmpty: boolean
}

/** What a list's menu offers: an order of its rows, or the whole repository in place of it. */
export type Choice = Order | 'whole'

/** What a content script may ask. */
export interface PageCalls {
  /** Puts a vote on disk. Resolves once it cannot be lost, with the score foretold. */
  castVote(vote: Vote): SeenScore
  /**
   * The cached scores, at once. What is older than a few minutes is asked for afterwards, and told to
   * every page by `scoresChanged`. `view` is the list that they were found in, if any.
   */
  readScores(ask: {
    subjects: SubjectId[]
    view?: ListView | undefined
    viewer?: string | undefined
  }): {
    scores: Scores
    /** What the present server can rank by, and whether it has whole repositories. */
    orders: Choice[]
  }
  /**
   * The cached scores of what was said in a conversation, as `readScores`, what the reader unfolded in it, and
   * whether a vote down may say why.
   */
  readTalk(ask: { comments: SubjectId[] }): {
    scores: Scores
    unfolded: SubjectId[]
    takesReasons: boolean
  }
  /** Why people are against a subject; the server is asked each time. */
  readReasons(ask: { subject: SubjectId }): SeenReasons
  /**
   * Counts people who only wrote "+1" in a conversation as reactions to its subject. `isAll` when all of the
   * conversation was looked at; else there may be more.
   */
  noteAgreed(seen: { subject: SubjectId; people: number; isAll: boolean }): void
  /** Remembers that the reader opened a comment that was shown as one line. */
  keepUnfolded(which: { subject: SubjectId }): void
  /** Replaces what is stored of how noise is shown. */
  chooseNoise(choice: { [K in keyof NoiseSettings]?: NoiseSettings[K] | undefined }): void
  /** Remembers the order of a kind of list. */
  chooseOrder(choice: { list: ListKind; order: Order }): void
  reportSelfCheck(check: SelfCheck): void
  /** Has the script that shows whole repositories put into the page that asks. */
  openFeed(): void
  /** A page of a repository's feed; a Problem when the server has none. */
  readFeed(ask: FeedAsk): FeedPart
  /** The vote on merging a pull request; undefined when the server has no such votes. */
  readTally(ask: { subject: SubjectId }): SeenTally | undefined
  /** How the votes on merging of a list's pull requests stand. */
  readTallyStates(ask: { subjects: SubjectId[] }): TallyStates
  openTally(ask: { subject: SubjectId }): SeenTally
  endTally(ask: CancelRequest): SeenTally
  /** Casts a ballot. Resolves once the server has it on its disk; repeating it with its id is safe. */
  castBallot(ballot: BallotRequest): SeenTally
  delegateVote(delegation: DelegationRequest): void
}

/** Which part of which feed. */
export interface FeedAsk {
  repository: string
  kind?: 'issue' | 'pull' | undefined
  state: 'open' | 'closed' | 'all'
  sort: Exclude<Order, 'forge'>
  labels: string[]
  author?: string | undefined
  cursor?: string | undefined
}

/** An issue or a pull request of a feed, without its score. */
export type FeedRow = Omit<FeedItem, 'score' | 'subject'> & { subject: SubjectId }

export interface FeedPart {
  rows: FeedRow[]
  scores: Scores
  /** The cursor of the next part; null at the end. */
  next: string | null
}

/** A vote that no server has receipted yet, and why. */
export interface WaitingVote {
  id: string
  subject: SubjectId
  value: Value
  castAt: number
  /** Whom it was cast as; undefined when nobody was signed in. */
  person: string | undefined
  /** For a person to read. */
  why: string
}

export interface RateLimit {
  limit: number
  remaining: number
  /** Epoch milliseconds. */
  resetAt: number
}

/** Everything that options and popup show. */
export interface Status {
  server: {
    address: string | undefined
    /** Undefined while it has not answered. */
    about: { version: string; auth: string[]; orders: string[] } | undefined
    problem: string | undefined
  }
  person: string | undefined
  /** A code that is to be entered on the forge's page. Times in epoch milliseconds. */
  code:
    | {
        userCode: string
        verificationUri: string
        expiresAt: number
        nextAt: number
        trouble: string | undefined
      }
    | undefined
  outbox: { waiting: WaitingVote[]; nextTryAt: number | undefined }
  forge: {
    hasToken: boolean
    limits: { core: RateLimit | undefined; search: RateLimit | undefined }
    problem: string | undefined
  }
  selfChecks: SelfCheck[]
  lastMiss: SelfCheck | undefined
  counts: { votes: number; scores: number }
}

export interface VotesFile {
  format: 'forgemoot-votes'
  version: 1
  exportedAt: number
  votes: Vote[]
}

/** What deserves attention in the repositories that the reader looks at, and what they are there. */
export interface Attention {
  rows: { subject: string; kind: 'issue' | 'pull'; title: string; net: number }[]
  standings: VoterReply[]
}

/** What only the extension's own pages may ask. */
export interface OwnCalls {
  readStatus(): Status
  openOptions(): void
  readAttention(): Attention
  /** Asks the address for itself and keeps it; a Problem when it does not answer as a Forgemoot. */
  setServer(choice: { address?: string | undefined }): Status
  signIn(choice: { way: 'local'; login: string }): Status
  signOut(): Status
  /** Begins to sign in with GitHub; the address to open in the browser's window for that. */
  startGrant(way: { redirectUri: string }): string
  /** Ends it with the address to which GitHub sent the reader back. */
  finishGrant(back: { address: string }): Status
  /** Gets a code to enter on GitHub's page. */
  startCode(): Status
  /** Looks whether it was entered; a Problem when it was refused or ran out. */
  askCode(): Status
  giveUpCode(): Status
  readSessions(): SessionsReply['sessions']
  endSession(which: { id: number }): SessionsReply['sessions']
  signOutEverywhere(): Status
  /** Everything that the server holds about the reader. */
  exportMe(): PersonExport
  /** Has the server forget the reader. */
  forgetMe(): Status
  /** A token for the forge's API that raises its limits; undefined forgets it. */
  setForgeToken(choice: { token?: string | undefined }): Status
  sendOutbox(): Status
  exportVotes(): VotesFile
  /** Casts what the file holds and this device does not; says what it skipped. */
  importVotes(file: { text: string }): { imported: number; skipped: number; status: Status }
}

/** What the background tells pages. */
export interface Told {
  scoresChanged: Scores
  /** Somebody else reads now, or another server answers: every score may be another. */
  readerChanged: undefined
  statusChanged: undefined
}

type Calls = PageCalls & OwnCalls
type Asked<K extends keyof Calls> = Parameters<Calls[K]>[0]
export type Answer<K extends keyof Calls> = ReturnType<Calls[K]>

/** How a call travels. */
export interface CallMessage {
  call: keyof Calls
  payload: unknown
}

/** How an answer travels: a value, or why not. */
export type AnswerMessage = { answer: unknown } | { problem: ProblemDocument }

/** A refusal as it arrives on a page. */
export class Refusal extends Error {
  readonly problem: ProblemDocument
  constructor(problem: ProblemDocument) {
    super(problem.detail)
    this.problem = problem
  }
}

/**
 * Asks the background. Tries again once: while the worker is being restarted the browser answers that
 * nobody is there. Rejects with a `Refusal` when the background says no.
 */
export async function ask<K extends keyof Calls>(
  call: K,
  ...payload: Asked<K> extends undefined ? [] : [Asked<K>]
): Promise<Answer<K>> {
  const message: CallMessage = { call, payload: payload[0] }
  const send = () => browser.runtime.sendMessage(message) as Promise<AnswerMessage | undefined>
  const reply = (await send().catch(() => undefined)) ?? (await send())
  if (reply && 'answer' in reply) return reply.answer as Answer<K>
  throw reply ? new Refusal(reply.problem) : new Error('the background did not answer')
}

/** Listens for one thing that the background tells. */
export function onTold<K extends keyof Told>(
  name: K,
  listener: (told: Told[K]) => void,
): () => void {
  const receive = (message: unknown): undefined => {
    const { told, payload } = (message ?? {}) as { told?: unknown; payload?: unknown }
    if (told === name) listener(payload as Told[K])
  }
  browser.runtime.onMessage.addListener(receive)
  // An extension that was reloaded has taken its interfaces away from scripts it left behind.
  return () => browser.runtime?.onMessage?.removeListener(receive)
}
