import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '#shared/rule'
import { DEFAULTS } from './constitution.ts'
import { parseConstitution } from './parse-constitution.ts'
import { ruleFor } from './rule-for.ts'

const examples = new URL('../../docs/constitutions/', import.meta.url)

const parsed = (text: string) => {
  const result = parseConstitution(text)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.constitution
}

describe('a constitution', () => {
  it.each(readdirSync(examples))('the example %s is one', (name) => {
    const constitution = parsed(readFileSync(new URL(name, examples), 'utf8'))
    for (const changes of [[], 'unknown'] as const) {
      expect(faultsOf(ruleFor(constitution, { electorate: 12, changes }))).toEqual([])
    }
  })

  it('with nothing but its version has the defaults', () => {
    expect(parsed('version: 1\n')).toEqual(DEFAULTS)
  })

  it.each<[string, string, string, string]>([
    ['', '1:1', '', 'has to be keys with values'],
    ['vote: {}', '1:1', 'version', 'is missing'],
    ['version: 2', '1:10', 'version', 'has to be the number 1'],
    [
      'version: 1\nvotes: {}',
      '2:1',
      'votes',
      'is not a known key; known here: version, contributors, maintainers, vote, protected, open, cancel, pass',
    ],
    [
      'version: 1\nvote:\n  threshold: 1/3',
      '3:14',
      'vote.threshold',
      'has to be a share from 1/2 to 1: "> 1/2", "at least 2/3", "60%"',
    ],
    [
      'version: 1\nvote:\n  threshold: "> 1/1"',
      '3:14',
      'vote.threshold',
      'has to be a share from 1/2 to 1: "> 1/2", "at least 2/3", "60%"',
    ],
    [
      'version: 1\nvote:\n  threshold: 0.5',
      '3:14',
      'vote.threshold',
      'has to be a share from 1/2 to 1: "> 1/2", "at least 2/3", "60%"',
    ],
    [
      'version: 1\nvote: { mode: majority }',
      '2:15',
      'vote.mode',
      'has to be one of: threshold, consent',
    ],
    ['version: 1\nvote: { veto: yes }', '2:15', 'vote.veto', 'has to be true or false'],
    [
      'version: 1\nvote: { maxPeriod: 7d }',
      '2:20',
      'vote.maxPeriod',
      'has to be a period up to two years: "90 minutes", "36 hours", "3 days", "2 weeks"',
    ],
    [
      'version: 1\nvote: { minPeriod: 8 days }',
      '2:20',
      'vote.minPeriod',
      'has to be no longer than vote.maxPeriod',
    ],
    [
      'version: 1\ncontributors:\n  window: 53 weeks',
      '3:11',
      'contributors.window',
      'has to be at most 365 days: older work is not known here',
    ],
    [
      'version: 1\nvote: { inFavour: 0 }',
      '2:19',
      'vote.inFavour',
      'has to be a whole number, at least 1',
    ],
    [
      'version: 1\nvote: { quorum: 3/2 }',
      '2:17',
      'vote.quorum',
      'has to be a share of the electorate: "1/4", "25%"',
    ],
    [
      'version: 1\nmaintainers: [a b]',
      '2:15',
      'maintainers.0',
      'has to be a login has up to 39 letters, digits and hyphens, and begins with a letter or digit',
    ],
    [
      'version: 1\nprotected:\n  - paths: []',
      '3:12',
      'protected.0.paths',
      'has to be at least one path',
    ],
    [
      'version: 1\nprotected:\n  - paths: [/etc]',
      '3:13',
      'protected.0.paths.0',
      'has to be a path from the root of the repository, without / or ! before it',
    ],
    ['version: 1\nversion: 1', '2:1', '', 'Map keys must be unique'],
    ['version: 1\nvote: [', '2:8', '', expect.stringMatching(/Flow sequence/) as unknown as string],
    [
      'version: 1\nmaintainers: &m [ada]\ncontributors: { include: *m }',
      '2:17',
      '',
      'anchors and aliases (& and *) are not understood here; write it out',
    ],
    [
      'version: 1\npass: { method: force }',
      '2:17',
      'pass.method',
      'has to be one of: merge, squash, rebase',
    ],
    [`version: 1 # ${'x'.repeat(70_000)}`, '1:1', '', 'longer than 65536 characters'],
  ])('%j is refused where it is wrong', (text, place, key, detail) => {
    const result = parseConstitution(text)
    const [fault] = 'faults' in result ? result.faults : []
    expect(fault && `${fault.line}:${fault.column}`).toBe(place)
    expect(fault).toMatchObject({ key, detail })
  })

  it('is refused or understood, whatever the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'version: 1',
        'vote:',
        '  quorum: 1/2',
        '  - &a b',
        '*a',
        '? x',
        '!!js/function a',
        '--- |',
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const result = parseConstitution(lines.join('\n'))
        if ('faults' in result) {
          expect(result.faults.length).toBeGreaterThan(0)
          for (const { line: at, column } of result.faults) expect(at * column).toBeGreaterThan(0)
        } else
          expect(
            faultsOf(ruleFor(result.constitution, { electorate: 9, changes: 'unknown' })),
          ).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('the rule for a change', () => {
  const constitution = parsed(`version: 1
vote: { threshold: '> 1/2', inFavour: 1/3, minPeriod: 1 day, veto: false }
protected:
  - { paths: [.github/workflows, '*.lock'], threshold: at least 2/3, minPeriod: 3 days }
  - { paths: [release/**], inFavour: 9, veto: true, earlyPass: false }
`)
  const change = (path: string, over = {}) => ({ path, isLink: false, ...over })
  const rule = (...changes: Parameters<typeof change>[]) =>
    ruleFor(constitution, { electorate: 10, changes: changes.map((one) => change(...one)) })
  const low = {
    threshold: { num: 1, den: 2, strict: true },
    minFor: 4,
    veto: false,
    minPeriod: 86_400,
  }
  const high = { threshold: { num: 2, den: 3, strict: false }, minFor: 4, minPeriod: 3 * 86_400 }
  const highest = { ...high, minFor: 9, veto: true, earlyPass: false }

  it('is the vote’s own where nothing protected is touched', () => {
    expect(rule(['src/main.ts'], ['locks/notes.md'])).toMatchObject(low)
  })

  it.each([
    '.github/workflows/ci.yml',
    '.GitHub/Workflows/deep/ci.yml',
    'yarn.lock',
    'packages/a/poetry.lock',
  ])('is raised by %s', (path) => {
    expect(rule(['src/main.ts'], [path])).toMatchObject(high)
  })

  it('is raised by what a file was called before', () => {
    expect(rule(['src/ci.yml', { previousPath: '.github/workflows/ci.yml' }])).toMatchObject(high)
  })

  it('is the highest of all for the constitution itself, for links, and for what is not known', () => {
    expect(rule(['.github/forgemoot.yml'])).toMatchObject(highest)
    expect(rule(['.GITHUB/FORGEMOOT.YML'])).toMatchObject(highest)
    expect(rule(['src/link', { isLink: true }])).toMatchObject(highest)
    expect(ruleFor(constitution, { electorate: 10, changes: 'unknown' })).toMatchObject(highest)
  })

  it('never gets lower because more is touched', () => {
    const paths = [
      'src/a',
      'yarn.lock',
      'release/x',
      '.github/forgemoot.yml',
      '.github/workflows/y',
    ]
    fc.assert(
      fc.property(
        fc.subarray(paths),
        fc.constantFrom(...paths),
        fc.nat(60),
        (some, one, electorate) => {
          const of = (list: string[]) =>
            ruleFor(constitution, { electorate, changes: list.map((path) => change(path)) })
          const [less, more] = [of(some), of([...some, one])]
          expect(more.minFor).toBeGreaterThanOrEqual(less.minFor)
          expect(more.minPeriod).toBeGreaterThanOrEqual(less.minPeriod)
          expect(more.threshold.num * less.threshold.den).toBeGreaterThanOrEqual(
            less.threshold.num * more.threshold.den,
          )
          expect(Number(more.veto)).toBeGreaterThanOrEqual(Number(less.veto))
        },
      ),
    )
  })
})
