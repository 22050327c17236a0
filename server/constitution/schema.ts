/** The shape of `.github/forgemoot.yml`: what may stand there, and how to say so when something else does. */
import * as v from 'valibot'
import type { Fraction, Threshold } from '#shared/rule'
import { LoginSchema } from '#shared/api/fields'

const WHOLE = 10_000

const count = (least: number) =>
  v.pipe(
    v.number(`a whole number, at least ${least}`),
    v.integer(`a whole number, at least ${least}`),
    v.minValue(least, `a whole number, at least ${least}`),
    v.maxValue(WHOLE, `at most ${WHOLE}`),
  )

const SHARE = /^(>|>=|more than|at least)?\s*(?:(\d{1,4})\s*\/\s*(\d{1,4})|(\d{1,3})\s*%)$/

/** A share as people write one; undefined when it is none. */
function shareOf(text: string): Threshold | undefined {
  const match = SHARE.exec(text.trim().toLowerCase())
  if (!match) return undefined
  const [, word, num, den, percent] = match
  const strict = word === '>' || word === 'more than'
  const share =
    percent === undefined
      ? { num: Number(num), den: Number(den) }
      : { num: Number(percent), den: 100 }
  return share.den > 0 && share.num <= share.den ? { ...share, strict } : undefined
}

const THRESHOLD = 'a share from 1/2 to 1: "> 1/2", "at least 2/3", "60%"'

const threshold = v.pipe(
  v.string(THRESHOLD),
  v.rawTransform<string, Threshold>(({ dataset, addIssue, NEVER }) => {
    const share = shareOf(dataset.value)
    const { num = 0, den = 1, strict = false } = share ?? {}
    if (share && 2 * num >= den && !(strict && num === den)) return share
    addIssue({ message: THRESHOLD })
    return NEVER
  }),
)

const SHARE_OF_ALL = 'a share of the electorate: "1/4", "25%"'

const fraction = v.pipe(
  v.string(SHARE_OF_ALL),
  v.rawTransform<string, Fraction>(({ dataset, addIssue, NEVER }) => {
    const share = shareOf(dataset.value)
    if (share && !share.strict) return { num: share.num, den: share.den }
    addIssue({ message: SHARE_OF_ALL })
    return NEVER
  }),
)

const UNITS = { minute: 60, hour: 3600, day: 86_400, week: 604_800 }

const PERIOD_SHAPE = /^(\d{1,5})\s+(minute|hour|day|week)s?$/

const PERIOD = 'a period up to two years: "90 minutes", "36 hours", "3 days", "2 weeks"'

const period = v.pipe(
  v.string(PERIOD),
  v.rawTransform<string, number>(({ dataset, addIssue, NEVER }) => {
    const match = PERIOD_SHAPE.exec(dataset.value.trim())
    const seconds = match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : NaN
    if (seconds <= 730 * UNITS.day) return seconds
    addIssue({ message: PERIOD })
    return NEVER
  }),
)

const yesNo = v.boolean('true or false')

const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  v.picklist(words, `one of: ${words.join(', ')}`)

const logins = v.pipe(v.array(LoginSchema, 'a list of logins'), v.maxLength(1000, 'at most 1000'))

const bar = {
  threshold,
  quorum: fraction,
  inFavour: v.union(
    [count(1), fraction],
    'a whole number, at least 1, or a share of the electorate',
  ),
  minPeriod: period,
  maxPeriod: period,
  veto: yesNo,
  earlyPass: yesNo,
  freshBallot: yesNo,
}

const glob = v.pipe(
  v.string('a path, or a pattern like .github/** or *.lock'),
  v.minLength(1, 'a path, or a pattern like .github/** or *.lock'),
  v.maxLength(500, 'at most 500 characters'),
  v.regex(/^[^!/]/, 'a path from the root of the repository, without / or ! before it'),
)

export const ConstitutionSchema = v.strictObject({
  version: v.literal(1, 'the number 1'),
  contributors: v.optional(
    v.partial(
      v.strictObject({
        window: period,
        work: count(1),
        include: logins,
        exclude: logins,
        bots: yesNo,
      }),
    ),
  ),
  maintainers: v.optional(logins),
  vote: v.optional(
    v.partial(
      v.strictObject({
        ...bar,
        mode: oneOf('threshold', 'consent'),
        earlyFail: yesNo,
        authorMayVote: yesNo,
        supportOnPush: oneOf('lapse', 'keep'),
        objectionsOnPush: oneOf('lapse', 'keep'),
        setAside: fraction,
        objectionsLast: period,
        delegation: yesNo,
        extendOnSwing: yesNo,
        hideResults: oneOf('never', 'until-voted'),
      }),
    ),
  ),
  protected: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          paths: v.pipe(v.array(glob, 'a list of paths'), v.minLength(1, 'at least one path')),
          ...v.partial(v.strictObject(bar)).entries,
        }),
        'a list of paths and what they take',
      ),
      v.maxLength(100, 'at most 100'),
    ),
  ),
  open: v.optional(oneOf('automatic', 'author', 'contributors', 'maintainers')),
  cancel: v.optional(oneOf('author', 'maintainers')),
  pass: v.optional(
    v.partial(
      v.strictObject({
        action: oneOf('check', 'merge'),
        method: oneOf('merge', 'squash', 'rebase'),
      }),
    ),
  ),
})

/** Patterns that JSON Schema cannot learn from the schemas above, by what their texts have to be. */
export const PATTERNS = new Map<unknown, RegExp>([
  [THRESHOLD, SHARE],
  [SHARE_OF_ALL, SHARE],
  [PERIOD, PERIOD_SHAPE],
])
