/** Everything that a tally is opened with, from the forge and from imports: rules, electorate, content. */
import { Problem } from '#shared/problem'
import type { Constitution } from '../constitution/constitution.ts'
import { CONSTITUTION_PATH } from '../constitution/constitution.ts'
import { parseConstitution } from '../constitution/parse-constitution.ts'
import { ruleFor } from '../constitution/rule-for.ts'
import type { Opening } from '../db/tallies/open-tally.ts'
import { type Elector, readTallyState, type TallyRow } from '../db/tallies/state.ts'
import type { FoundRules, PullFacts } from '../forges/forge-pulls.ts'
import { type ElectorateContext, establishElectorate } from './electorate.ts'
import type { FoundPull } from './find-pull.ts'

/** The rules in force for a pull request: those at the tip of the branch that it would be merged into. */
export interface Rules {
  constitution: Constitution
  /** The tip's commit, and the file by the forge's hash. */
  tip: string
  hash: string
}

/** `no-constitution`, or `constitution-invalid` with where it does not parse. */
export async function readRules(
  { pulls }: Pick<ElectorateContext, 'pulls'>,
  { facts }: FoundPull,
  baseRef: string,
): Promise<Rules> {
  const found: FoundRules = await pulls.rules(facts, baseRef, CONSTITUTION_PATH)
  const { tip, file } = found
  if (!file) {
    throw new Problem(
      'no-constitution',
      `There is no ${CONSTITUTION_PATH} on the branch ${baseRef}: nobody has written down how to decide. The README has three to begin with.`,
    )
  }
  const parsed = parseConstitution(file.text)
  if ('constitution' in parsed) {
    return { constitution: parsed.constitution, tip, hash: file.hash }
  }
  const [first] = parsed.faults
  throw new Problem(
    'constitution-invalid',
    `${CONSTITUTION_PATH} on the branch ${baseRef} cannot be read, so nothing is decided: ${first ? faultText(first) : 'it is empty'}`,
    parsed.faults.map((fault) => ({ pointer: '', detail: faultText(fault) })),
  )
}

const faultText = ({
  line,
  column,
  key,
  detail,
}: Record<'line' | 'column', number> & Record<'key' | 'detail', string>) =>
  `line ${line}, column ${column}: ${key && `${key} `}${detail}.`

/**
 * What a tally at this head would be opened with, after the last one. Who votes in an open one stays, as long as
 * it is about the same branch: the rules of another one may name others.
 */
export async function establishTally(
  context: ElectorateContext,
  found: FoundPull,
  pull: PullFacts,
  rules: Rules,
  last: TallyRow | undefined,
): Promise<Omit<Opening, 'openedBy'>> {
  const { constitution, tip, hash } = rules
  const { vote, pass, cancel, protected: paths } = constitution
  const changes = await context.pulls.changes(
    found.facts,
    { tip, head: pull.head, testMerge: pull.testMerge },
    paths.length > 0,
  )
  const electors =
    last?.status === 'open' && last.baseRef === pull.baseRef
      ? (await readTallyState(context.db, last)).electors
      : await establishElectorate(context, found, constitution, pull.baseRef)
  const authorId = pull.author?.forgeId ?? null
  return {
    repositoryId: found.repositoryId,
    number: found.number,
    head: pull.head,
    content: changes.hash,
    baseRef: pull.baseRef,
    authorId,
    rule: ruleFor(constitution, {
      electorate: votersAmong(electors, vote.authorMayVote ? null : authorId),
      changes: changes.files,
    }),
    extendsOnSwing: vote.extendOnSwing,
    hidesResults: vote.hideResults === 'until-voted',
    cancel,
    pass: pass.action === 'check' ? 'check' : pass.method,
    constitution: hash,
    electors,
    after: last?.id ?? null,
  }
}

const votersAmong = (electors: readonly Elector[], barred: number | null) =>
  electors.filter(({ isMember, accountId }) => isMember && accountId !== barred).length
