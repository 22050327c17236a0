/** A vote on merging as the reader may see it. */
import type { Choice, TallyReply } from '#shared/api/schema'

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
