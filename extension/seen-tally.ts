/** A vote on merging as the reader may see it. */
import type { Choice, TallyReply, TallyStatesReply } from '#shared/api/tallies'
import type { SubjectId } from '#shared/subject'

export type { Choice }

/** One that there is. */
export type Tally = TallyReply

export interface SeenTally {
  /** Null when there is none. */
  tally: Tally | null
  /** Where the whole record can be read; '' when there is none. */
  record: string
  /** Why there is none, for a person. */
  none: string
  /** Whether the reader is somebody to the server. */
  isSignedIn: boolean
}

/** How votes on merging stand, of those pull requests that have one. */
export type TallyStates = { [K in SubjectId]?: TallyState }

export type TallyState = TallyStatesReply['states'][string]
