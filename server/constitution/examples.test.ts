/** The rules that we hand out promise what rules with a turnout cannot: a vote against never helps. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Rule } from '#shared/rule'
import { tallyOf } from '#shared/tally'
import { parseConstitution } from './parse-constitution.ts'
import { ruleFor } from './rule-for.ts'
import { constitutionWords, ruleWords } from './rule-words.ts'

const examples = new URL('../../docs/constitutions/', import.meta.url)

const names = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`)

/** Whether it passes at its end with so many of each. */
function passes(rule: Rule, electorate: number, pro: number, contra: number, abstain: number) {
  const values = [...Array(pro).fill(1), ...Array(contra).fill(-1), ...Array(abstain).fill(0)]
  const ballots = values.map((value: 1 | 0 | -1, i) => ({
    voter: `m${i}`,
    value,
    at: 1,
    sha: 's',
    reason: null,
  }))
  const input = {
    rule,
    electorate: names(electorate),
    maintainers: [],
    author: null,
    headSha: 's',
    openedAt: 0,
    now: rule.maxPeriod,
    ballots,
    delegations: [],
  }
  return tallyOf(input).status === 'passed'
}

/** Cases in which one more against, by somebody silent or abstaining, turns failed into passed. */
function wonders(rule: (electorate: number) => Rule): string[] {
  const found: string[] = []
  for (let electorate = 1; electorate <= 15; electorate++) {
    const it = rule(electorate)
    for (let pro = 0; pro <= electorate; pro++) {
      for (let contra = 0; pro + contra < electorate; contra++) {
        for (let abstain = 0; pro + contra + abstain < electorate; abstain++) {
          if (passes(it, electorate, pro, contra, abstain)) continue
          const isHelped =
            passes(it, electorate, pro, contra + 1, abstain) ||
            (abstain > 0 && passes(it, electorate, pro, contra + 1, abstain - 1))
          if (isHelped) found.push(`${electorate}: ${pro}, ${contra}, ${abstain}`)
        }
      }
    }
  }
  return found
}

test.each(readdirSync(examples))('%s: one more against never turns failed into passed', (file) => {
  const parsed = parseConstitution(readFileSync(new URL(file, examples), 'utf8'))
  if ('faults' in parsed) throw new Error('an example cannot be read')
  for (const changes of [[], 'unknown'] as const) {
    expect(wonders((electorate) => ruleFor(parsed.constitution, { electorate, changes }))).toEqual(
      [],
    )
  }
})

test('each example is said in words: who votes, for how long, and what a pass does', () => {
  const said = readdirSync(examples).map((file) => {
    const parsed = parseConstitution(readFileSync(new URL(file, examples), 'utf8'))
    if ('faults' in parsed) throw new Error('an example cannot be read')
    const { constitution } = parsed
    return [
      ...constitutionWords(constitution),
      ...ruleWords(ruleFor(constitution, { electorate: 12, changes: 'unknown' })),
    ].join(' ')
  })
  expect(said[0]).toContain('at least 3 pull requests or commits')
  expect(said[0]).toContain('The vote lasts 2 weeks; for 1 week nothing is decided.')
  expect(said[0]).toContain('It does not pass before that time is over.')
  expect(said[2]).toContain('What passes is merged by itself, as one commit.')
})

test('a quorum of turnout cannot promise that, and who writes one is told', () => {
  const parsed = parseConstitution('version: 1\nvote: { quorum: 1/2, inFavour: 1 }\n')
  if ('faults' in parsed) throw new Error('it cannot be read')
  const { constitution } = parsed
  const rule = (electorate: number) => ruleFor(constitution, { electorate, changes: [] })
  expect(wonders(rule)).not.toEqual([])
  expect(ruleWords(rule(12)).join(' ')).toContain('a vote against may be what makes it pass')
})
