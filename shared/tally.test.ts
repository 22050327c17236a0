import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf, type Rule } from './rule.ts'
import { type CastBallot, type Tally, type TallyInput, tallyOf } from './tally.ts'

const RULE: Rule = {
  mode: 'threshold',
  threshold: { num: 1, den: 2, strict: true },
  quorum: { num: 0, den: 1 },
  minFor: 0,
  minPeriod: 0,
  maxPeriod: 1000,
  earlyPass: true,
  earlyFail: true,
  veto: false,
  authorMayVote: true,
  keepOnPush: false,
  keepObjections: false,
  setAside: null,
  objectionPeriod: null,
  needsFresh: false,
  delegation: true,
}

const input = (over: Partial<TallyInput> = {}): TallyInput => ({
  rule: RULE,
  electorate: [],
  maintainers: [],
  author: null,
  headSha: 's1',
  openedAt: 0,
  now: 1000,
  ballots: [],
  delegations: [],
  ...over,
})

const ballot = (voter: string, value: CastBallot['value'], over: Partial<CastBallot> = {}) => ({
  voter,
  value,
  at: 10,
  sha: 's1',
  reason: null,
  ...over,
})

const NAMES = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus']

const aName = fc.constantFrom(...NAMES)
const aRule = fc.record({
  ...Object.fromEntries(Object.entries(RULE).map(([key, value]) => [key, fc.constant(value)])),
  mode: fc.constantFrom('threshold', 'consent'),
  threshold: fc.constantFrom(
    { num: 1, den: 2, strict: true },
    { num: 1, den: 2, strict: false },
    { num: 2, den: 3, strict: false },
    { num: 2, den: 3, strict: true },
    { num: 1, den: 1, strict: false },
  ),
  quorum: fc.constantFrom({ num: 0, den: 1 }, { num: 1, den: 2 }, { num: 2, den: 3 }),
  minFor: fc.nat(4),
  veto: fc.boolean(),
  authorMayVote: fc.boolean(),
  keepOnPush: fc.boolean(),
  keepObjections: fc.boolean(),
  setAside: fc.option(fc.constantFrom({ num: 2, den: 3 }, { num: 1, den: 1 })),
  objectionPeriod: fc.option(fc.constantFrom(0, 300)),
  needsFresh: fc.boolean(),
  delegation: fc.boolean(),
}) as unknown as fc.Arbitrary<Rule>

const aBallot = fc.record({
  voter: fc.constantFrom(...NAMES, 'stranger'),
  value: fc.constantFrom<CastBallot['value']>(1, 0, -1, null),
  at: fc.integer({ min: -5, max: 1010 }),
  sha: fc.constantFrom('s1', 's0'),
  reason: fc.constantFrom(null, ' ', 'it breaks'),
})

const aDelegation = fc.record({
  from: aName,
  to: fc.option(fc.constantFrom(...NAMES, 'stranger')),
  at: fc.integer({ min: -500, max: 1010 }),
})

const anInput: fc.Arbitrary<TallyInput> = fc.record({
  rule: aRule,
  electorate: fc.uniqueArray(aName),
  maintainers: fc.uniqueArray(fc.constantFrom('ann', 'boss'), { maxLength: 2 }),
  author: fc.option(aName),
  headSha: fc.constantFrom('s1', null),
  openedAt: fc.constant(0),
  now: fc.integer({ min: 0, max: 1005 }),
  ballots: fc.array(aBallot, { maxLength: 12 }),
  delegations: fc.array(aDelegation, { maxLength: 6 }),
})

describe('a tally', () => {
  it('is the same whoever is named how, in whatever order the electorate stands', () => {
    fc.assert(
      fc.property(anInput, (one) => {
        const rename = (name: string) => `${[...name].toReversed().join('').toUpperCase()}-X`
        const renamed = {
          ...one,
          electorate: one.electorate.map(rename).toReversed(),
          maintainers: one.maintainers.map(rename),
          author: one.author === null ? null : rename(one.author),
          ballots: one.ballots.map((each) => ({ ...each, voter: rename(each.voter) })),
          delegations: one.delegations.map(({ from, to, at }) => ({
            from: rename(from),
            to: to === null ? null : rename(to),
            at,
          })),
        }
        const named = ({ vetoes, objections, stale, ...counts }: Tally) => ({
          ...counts,
          named: [vetoes.length, objections.length, stale.length],
        })
        expect(named(tallyOf(renamed))).toEqual(named(tallyOf(one)))
      }),
    )
  })

  it('does not change when a ballot is sent twice, or comes too early, too late or from outside', () => {
    fc.assert(
      fc.property(anInput, fc.nat(11), (one, which) => {
        const again = one.ballots[which % Math.max(1, one.ballots.length)]
        const noise = [
          ballot('stranger', 1),
          ballot('ann', 1, { at: -1 }),
          ballot('ann', 1, { at: 1000 }),
          ballot('ann', 1, { at: one.now + 1 }),
        ]
        const now = tallyOf(one)
        const ballots = one.ballots.flatMap((each) => (each === again ? [each, each] : [each]))
        expect(tallyOf({ ...one, ballots: [...ballots, ...noise] })).toEqual(now)
      }),
    )
  })

  it('never turns from passed to failed at the deadline because a ballot became more in favour', () => {
    fc.assert(
      fc.property(anInput, aName, fc.constantFrom([-1, 0], [0, 1], [-1, 1]), (one, voter, step) => {
        const [low = null, high = null] = step as readonly CastBallot['value'][]
        const at = (value: CastBallot['value']) =>
          tallyOf({
            ...one,
            now: 1000,
            rule: { ...one.rule, veto: false },
            ballots: [...one.ballots, ballot(voter, value, { at: 999 })],
          }).status
        if (at(low) === 'passed') expect(at(high)).toBe('passed')
      }),
    )
  })

  it('decides early only what every completion confirms', () => {
    const small = fc.uniqueArray(aName, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anInput, small, (one, electorate) => {
        const early = { ...one, electorate, now: Math.min(one.now, 900), maintainers: [] }
        const { status, reason } = tallyOf(early)
        if (reason !== 'early-pass' && reason !== 'early-fail') return
        const head = one.headSha ?? 's1'
        const open = tallyOf(early)
        const voted = new Set(
          one.ballots.filter(({ at }) => at >= 0 && at <= early.now).map(({ voter }) => voter),
        )
        const free = electorate.filter(
          (name) => !voted.has(name) && (one.rule.authorMayVote || name !== one.author),
        )
        expect(free.length).toBeLessThanOrEqual(open.remaining)
        const past = one.ballots.filter(({ at }) => at <= early.now)
        for (let mask = 0; mask < 4 ** free.length; mask++) {
          const cast = free.flatMap((name, i) => {
            const value = [1, 0, -1, null][Math.floor(mask / 4 ** i) % 4] as CastBallot['value']
            return value === null ? [] : [ballot(name, value, { at: 950, sha: head })]
          })
          const end = tallyOf({ ...early, now: 1000, ballots: [...past, ...cast], delegations: [] })
          expect(end.status).toBe(status)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('counts a delegation as it counts the ballot of the one it leads to', () => {
    fc.assert(
      fc.property(anInput, fc.constantFrom(1, 0, -1), (one, value) => {
        const base = {
          ...one,
          now: 1000,
          author: null,
          electorate: NAMES,
          delegations: [],
          rule: { ...one.rule, delegation: true, veto: false },
          ballots: [
            ...one.ballots.filter(({ voter }) => voter !== 'ann' && voter !== 'bob'),
            ballot('bob', value as 1, { sha: one.headSha ?? 's1' }),
          ],
        }
        const {
          for: pro,
          against,
          abstain,
        } = tallyOf({
          ...base,
          delegations: [{ from: 'ann', to: 'bob', at: 1 }],
        })
        const own = tallyOf({
          ...base,
          ballots: [...base.ballots, ballot('ann', value as 1, { sha: one.headSha ?? 's1' })],
        })
        expect([pro, against, abstain]).toEqual([own.for, own.against, own.abstain])
      }),
    )
  })

  it('is exact at 1/2 and 2/3, and ties fail, for every electorate from 1 to 60', () => {
    const people = Array.from({ length: 60 }, (_, i) => `p${i}`)
    for (let size = 1; size <= 60; size++) {
      const electorate = people.slice(0, size)
      for (let pro = 0; pro <= size; pro++) {
        const contra = size - pro
        const ballots = electorate.map((name, i) => ballot(name, i < pro ? 1 : -1))
        const passes = (threshold: Rule['threshold']) =>
          tallyOf(input({ electorate, ballots, rule: { ...RULE, threshold } })).status === 'passed'
        expect(passes({ num: 1, den: 2, strict: true })).toBe(pro > contra)
        expect(passes({ num: 1, den: 2, strict: false })).toBe(pro > contra)
        expect(passes({ num: 2, den: 3, strict: false })).toBe(pro >= 2 * contra && pro > 0)
        expect(passes({ num: 2, den: 3, strict: true })).toBe(pro > 2 * contra)
      }
    }
  })

  it('keeps a reasoned objection over a push, and drops bare ones and support', () => {
    const ballots = [
      ballot('ann', 1, { sha: 's0' }),
      ballot('bob', -1, { sha: 's0', reason: 'it breaks' }),
      ballot('cat', -1, { sha: 's0' }),
    ]
    const rule = { ...RULE, keepObjections: true, earlyFail: false }
    const electorate = NAMES
    const now = 20
    expect(tallyOf(input({ rule, electorate, ballots, now }))).toMatchObject({
      for: 0,
      against: 1,
      stale: ['ann', 'cat'],
    })
    expect(tallyOf(input({ rule, electorate, ballots, now, sameContent: ['s0'] }))).toMatchObject({
      for: 1,
      against: 2,
      stale: [],
      freshMet: false,
    })
  })

  it('does not pass on carried support alone where the rule wants somebody who saw this head', () => {
    const ballots = NAMES.map((name) => ballot(name, 1, { sha: 's0' }))
    const rule = { ...RULE, needsFresh: true }
    const base = input({ rule, electorate: NAMES, ballots, sameContent: ['s0'] })
    expect(tallyOf({ ...base, now: 20 })).toMatchObject({ status: 'open', reason: 'voting' })
    expect(tallyOf(base)).toMatchObject({ status: 'failed', reason: 'fresh-ballot' })
    const fresh = { ...base, ballots: [...ballots, ballot('ann', 1, { at: 20 })] }
    expect(tallyOf({ ...fresh, now: 20 })).toMatchObject({ status: 'passed', reason: 'early-pass' })
  })
})

describe('a reasoned "against"', () => {
  const electorate = NAMES
  const no = ballot('ann', -1, { reason: 'it breaks' })
  const yes = (...names: string[]) => names.map((name) => ballot(name, 1))
  const setAside = { num: 2, den: 3 }

  it('is set aside by enough maintainers where it is a veto, and shown as such', () => {
    const rule = { ...RULE, veto: true, setAside, earlyPass: false }
    const maintainers = ['ann', 'bob', 'cat']
    const one = input({ rule, electorate, maintainers, ballots: [no, ...yes('bob', 'dan')] })
    expect(tallyOf(one)).toMatchObject({ reason: 'veto', vetoes: ['ann'], setAside: [] })
    const two = { ...one, ballots: [no, ...yes('bob', 'cat', 'dan')] }
    expect(tallyOf(two)).toMatchObject({ status: 'passed', vetoes: [], setAside: ['ann'] })
  })

  it('is set aside by enough members where consent is asked for', () => {
    const rule: Rule = { ...RULE, mode: 'consent', setAside }
    const needed = Math.ceil((electorate.length * 2) / 3)
    const others = electorate.filter((name) => name !== 'ann')
    const by = (count: number) =>
      tallyOf(input({ rule, electorate, ballots: [no, ...yes(...others.slice(0, count))] }))
    expect(by(needed - 1)).toMatchObject({ reason: 'objection', objections: ['ann'] })
    expect(by(needed)).toMatchObject({ status: 'passed', objections: [], setAside: ['ann'] })
  })

  it('holds nothing up once it is over, counted from when it was first cast', () => {
    const rule = { ...RULE, veto: true, objectionPeriod: 500, earlyPass: false }
    const cast = { ...no, castAt: no.at - 100 }
    const of = (castNo: CastBallot, now: number) =>
      tallyOf(
        input({
          rule,
          electorate,
          maintainers: ['ann'],
          ballots: [castNo, ...yes('bob', 'cat')],
          now,
        }),
      ).vetoes
    expect(of(no, no.at + 499)).toEqual(['ann'])
    expect(of(no, no.at + 500)).toEqual([])
    expect(of(cast, no.at + 399)).toEqual(['ann'])
    expect(of(cast, no.at + 400)).toEqual([])
  })
})

describe('a rule', () => {
  it.each<[Partial<Rule>, string]>([
    [{ threshold: { num: 1, den: 3, strict: false } }, 'threshold: from 1/2 to 1'],
    [{ threshold: { num: 3, den: 2, strict: false } }, 'threshold: from 1/2 to 1'],
    [{ threshold: { num: 1, den: 1, strict: true } }, 'threshold: nobody can exceed all'],
    [{ threshold: { num: 0.5, den: 1, strict: true } }, 'threshold: not a fraction'],
    [{ quorum: { num: 1, den: 0 } }, 'quorum: not a fraction'],
    [{ quorum: { num: 2, den: 1 } }, 'quorum: from 0 to 1'],
    [{ minFor: -1 }, 'minFor: not a count'],
    [{ maxPeriod: 0 }, 'maxPeriod: not a number of seconds'],
    [{ minPeriod: 2000 }, 'minPeriod: not longer than maxPeriod'],
    [{ setAside: { num: 0, den: 1 } }, 'setAside: above 0, to 1'],
    [{ objectionPeriod: -1 }, 'objectionPeriod: not a number of seconds'],
  ])('%j is refused', (over, fault) => {
    expect(faultsOf({ ...RULE, ...over })).toEqual([fault])
  })

  it('without a fault has none', () => {
    expect(faultsOf(RULE)).toEqual([])
  })
})
