import fc from 'fast-check'

/** A parser, what is thrown at it, and what has to hold whatever that is. */
export interface Target<Input = never> {
  name: string
  input: fc.Arbitrary<Input>
  /** Throws when it does not hold. Anything that the parser throws and may not is such a case. */
  check(input: Input): void | Promise<void>
  /** How much of the whole count this gets. */
  share: number
}

/**
 * Longer than this for one input is a hang, in milliseconds: of work of this process, since a busy machine is
 * slow too, or of waiting for something that does not come.
 */
const HANG = { work: 2000, waiting: 60_000 }

export interface Fuzzed {
  name: string
  inputs: number
  seconds: number
  /** The slowest input, in milliseconds. */
  slowest: number
}

/** Throws with the smallest input found that does not hold. */
export async function fuzz(
  { name, input, check }: Target,
  inputs: number,
  seed: number,
): Promise<Fuzzed> {
  const began = performance.now()
  let slowest = 0
  const timed = async (one: never) => {
    const start = performance.now()
    const before = process.cpuUsage()
    // Awaiting what is no promise would cost as much as most parsers do.
    const running = check(one)
    if (running) await running
    const took = performance.now() - start
    slowest = Math.max(slowest, took)
    if (took <= HANG.work) return
    const { user, system } = process.cpuUsage(before)
    const worked = (user + system) / 1000
    if (worked > HANG.work || took > HANG.waiting)
      throw new Error(`${name} took ${Math.round(took)} ms, ${Math.round(worked)} of work`)
  }
  await fc.assert(fc.asyncProperty(input, timed), { numRuns: inputs, seed, endOnFailure: false })
  return { name, inputs, seconds: (performance.now() - began) / 1000, slowest }
}

/** Says that something that has to hold does not. */
export function holds(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(what)
}
