/**
 * How much one person, or one address, may ask for. A bucket holds what is allowed in a minute and fills up
 * evenly: a list that is opened after a weekend goes through at once, a program that never stops does not.
 * In memory, a number for each; a restart forgives. Kept as the moment when the bucket would be full again
 * (the generic cell rate algorithm), so that asking is one look into a map.
 */
import { Problem } from '#shared/problem'
import { recent } from '../recent.ts'

export interface Limits {
  /** Counts a request of a person. Throws `too-many`. */
  person(id: number, cost?: number): void
  /** Counts a request from an address; undefined is this machine, which may ask as it likes. */
  address(address: string | undefined, cost?: number): void
  /** Counts a request if it may come; otherwise answers false, and has counted nothing. */
  tryTake(address: string | undefined): boolean
}

/** Requests in a minute; 0 for as many as they like. */
export interface Allowed {
  person: number
  address: number
}

export const DEFAULT_LIMITS: Allowed = { person: 600, address: 3000 }

const MINUTE = 60_000

/** Who is remembered at least; whoever is forgotten begins with a full bucket. */
const MOST = 50_000

export function limitsOf(
  allowed: Allowed,
  now: () => number,
  refused: Record<keyof Allowed, number>,
): Limits {
  const persons = bucketsOf(allowed.person, now)
  const addresses = bucketsOf(allowed.address, now)
  return {
    person(id, cost = 1) {
      const wait = persons(String(id), cost)
      if (wait === 0) return
      refused.person++
      throw tooMany('You ask for more than one person may.', wait)
    },
    address(address, cost = 1) {
      const wait = address === undefined ? 0 : addresses(address, cost)
      if (wait === 0) return
      refused.address++
      throw tooMany('More comes from your address than one may ask for.', wait)
    },
    tryTake: (address) => address === undefined || addresses(address, 1) === 0,
  }
}

/** Takes from somebody’s bucket; answers 0, or how long until there is enough in it, in milliseconds. */
function bucketsOf(allowed: number, now: () => number): (key: string, cost: number) => number {
  if (allowed === 0) return () => 0
  const fullAt = recent<number>(MOST)
  const each = MINUTE / allowed
  return (key, cost) => {
    const at = now()
    const before = fullAt.get(key) ?? 0
    // An empty bucket is full in a minute: what says later is from before the clock was set back.
    const full =
      (before > at && before < at + MINUTE + 1 ? before : at) + Math.min(cost, allowed) * each
    const wait = full - at - MINUTE
    // Not written down: who is refused does not wait longer for having asked.
    if (wait > 1e-6) return wait
    fullAt.set(key, full)
    return 0
  }
}

function tooMany(sentence: string, wait: number): Problem {
  const seconds = Math.ceil(wait / 1000)
  const problem = new Problem(
    'too-many',
    `${sentence} Nothing is lost: come back in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
  )
  problem.retryAfter = seconds
  return problem
}
