import { expect, test } from 'vitest'
import type { Rule } from '#shared/rule'
import { tallyOf } from '#shared/tally'
import { missingWords } from './tally-words.ts'

const RULE: Rule = {
  mode: 'threshold',
  threshold: { num: 1, den: 2, strict: true },
  quorum: { num: 0, den: 1 },
  minFor: 2,
  minPeriod: 0,
  maxPeriod: 1000,
  earlyPass: true,
  earlyFail: true,
  veto: true,
  authorMayVote: true,
  keepOnPush: false,
  keepObjections: true,
  setAside: null,
  objectionPeriod: null,
  needsFresh: true,
  delegation: false,
}

/** What is missing when these have voted: one letter each, f, a, x for for, against and abstain. */
function missing(votes: string, over: Partial<Rule> = {}, electorate = 7): string {
  const rule = { ...RULE, ...over }
  const values = { f: 1, a: -1, x: 0 } as const
  const tally = tallyOf({
    rule,
    electorate: Array.from({ length: electorate }, (_, i) => `m${i}`),
    maintainers: ['m0'],
    author: null,
    headSha: 's',
    openedAt: 0,
    now: 5,
    ballots: [...votes].map((letter, i) => ({
      voter: `m${i}`,
      value: values[letter as keyof typeof values],
      at: 1,
      sha: 's',
      reason: 'why',
    })),
    delegations: [],
  })
  return missingWords(tally, rule, (member) => member).join('; ')
}

test.each<[string, Partial<Rule>, string]>([
  ['', {}, '2 more in favour; 7 of 7 members may still vote'],
  ['f', {}, '1 more in favour; 6 of 7 members may still vote'],
  [
    'ff',
    {},
    'passes at its end as it stands; 2 more in favour pass it sooner; 5 of 7 members may still vote',
  ],
  [
    'fff',
    {},
    'passes at its end as it stands; 1 more in favour passes it sooner; 4 of 7 members may still vote',
  ],
  ['fff', { earlyPass: false }, 'passes at its end as it stands; 4 of 7 members may still vote'],
  ['aff', {}, 'held up by a veto of m0; 4 of 7 members may still vote'],
  ['faaa', { minFor: 4 }, '3 more in favour; 3 of 7 members may still vote'],
  ['faaaa', {}, 'not enough are left to pass it; 2 of 7 members may still vote'],
  [
    'ff',
    { quorum: { num: 6, den: 7 } },
    '4 more votes for the quorum; 5 of 7 members may still vote',
  ],
  ['ffff', { veto: false, minPeriod: 900 }, '3 of 7 members may still vote; can no longer fail'],
])('%s with %o: %s', (votes, over, words) => {
  expect(missing(votes, over)).toBe(words)
})
