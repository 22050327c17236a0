/**
 * Reads a constitution. What does not parse is refused as a whole, with every fault's line and column: a
 * rule that is half understood is none, and nothing merges by it.
 */
import * as v from 'valibot'
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import { faultsOf } from '#shared/rule'
import { CONTRIBUTION } from '../contribution.ts'
import { type Constitution, DEFAULTS } from './constitution.ts'
import { ruleFor } from './rule-for.ts'
import { ConstitutionSchema } from './schema.ts'

/** What is wrong, and where; lines and columns count from 1. */
export interface Fault {
  line: number
  column: number
  /** The key, as `vote.threshold`; '' for the file as a whole. */
  key: string
  detail: string
}

export type Parsed = { constitution: Constitution } | { faults: Fault[] }

/** UTF-16 units that a constitution may have. */
const LARGEST = 64 * 1024

const MOST_FAULTS = 20

const DAY = 86_400

type Path = (string | number)[]

export function parseConstitution(text: string): Parsed {
  const lines = new LineCounter()
  const faultAt = (offset: number, path: Path, detail: string): Fault => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col), key: path.join('.'), detail }
  }
  if (text.length > LARGEST) {
    return { faults: [faultAt(0, [], `longer than ${LARGEST} characters`)] }
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false })
  const [broken] = [...document.errors, ...document.warnings]
  if (broken) return { faults: [faultAt(broken.pos[0], [], firstSentence(broken.message))] }
  const reference = anchorIn(document)
  if (reference !== undefined) return { faults: [faultAt(reference, [], NO_ANCHORS)] }
  const result = v.safeParse(ConstitutionSchema, document.toJS() as unknown)
  if (!result.success) {
    const faults = result.issues.slice(0, MOST_FAULTS).map((issue) => {
      const path = (issue.path ?? []).map(({ key }) => key as string | number)
      return faultAt(offsetOf(document, path, isAboutKey(issue)), path, detailOf(issue, path))
    })
    return { faults }
  }
  const constitution = withDefaults(result.output)
  const faults = contradictionsIn(constitution).map(([path, detail]) =>
    faultAt(offsetOf(document, path), path, detail),
  )
  return faults.length ? { faults } : { constitution }
}

const firstSentence = (message: string) => message.split('\n', 1)[0] ?? ''

const NO_ANCHORS = 'anchors and aliases (& and *) are not understood here; write it out'

/** Where the first anchor or alias stands: what is read is what stands there, and cannot be made to grow. */
function anchorIn(document: Document): number | undefined {
  let at: number | undefined
  visit(document, (_, node) => {
    const refers = isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor)
    if (refers) at ??= node.range?.[0] ?? 0
  })
  return at
}

const isAboutKey = ({ kind, path }: v.BaseIssue<unknown>) =>
  kind === 'schema' && (path?.at(-1) as { origin?: string } | undefined)?.origin === 'key'

/** Where the value stands that a path leads to; its key, when the key is what is wrong. */
function offsetOf(document: Document, path: Path, wantsKey = false): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (!pair) return offset
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      if (wantsKey && depth === path.length - 1) return offset
      node = pair.value
    } else if (isSeq(node)) node = node.items[Number(step)]
    else return offset
    if (isNode(node)) offset = node.range?.[0] ?? offset
  }
  return offset
}

function detailOf(issue: v.BaseIssue<unknown>, path: Path): string {
  const { expected, message } = issue
  if (isAboutKey(issue)) {
    if (expected !== 'never') return 'is missing'
    return `is not a known key; known here: ${keysAt(path.slice(0, -1)).join(', ')}`
  }
  if (!message.startsWith('Invalid ')) return `has to be ${message}`
  return expected === 'Object' ? 'has to be keys with values' : `has to be ${expected}`
}

interface Walked {
  entries?: Record<string, Walked>
  wrapped?: Walked
  item?: Walked
}

/** The keys that may stand at a path. */
function keysAt(path: Path): string[] {
  let schema: Walked | undefined = ConstitutionSchema as unknown as Walked // valibot's own objects
  const unwrapped = (one: Walked | undefined): Walked | undefined =>
    one?.wrapped ? unwrapped(one.wrapped) : one
  for (const step of path) {
    schema = unwrapped(schema)
    schema = typeof step === 'number' ? schema?.item : schema?.entries?.[step]
  }
  return Object.keys(unwrapped(schema)?.entries ?? {})
}

function withDefaults(written: v.InferOutput<typeof ConstitutionSchema>): Constitution {
  return {
    contributors: { ...DEFAULTS.contributors, ...said(written.contributors) },
    maintainers: written.maintainers ?? DEFAULTS.maintainers,
    vote: { ...DEFAULTS.vote, ...said(written.vote) },
    protected: (written.protected ?? []).map(({ paths, ...bar }) => ({ paths, bar: said(bar) })),
    open: written.open ?? DEFAULTS.open,
    cancel: written.cancel ?? DEFAULTS.cancel,
    pass: { ...DEFAULTS.pass, ...said(written.pass) },
  }
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The keys that were written; the cast holds since the others are taken out. */
const said = <T extends object>(object: T | undefined) =>
  Object.fromEntries(
    Object.entries(object ?? {}).filter(([, value]) => value !== undefined),
  ) as Said<T>

/** What cannot be meant although every key by itself could be. */
function contradictionsIn(constitution: Constitution): [Path, string][] {
  const { contributors, vote, protected: paths } = constitution
  const found: [Path, string][] = []
  // Whoever worked before that would be left out without a word: a smaller electorate is easier to win.
  if (contributors.window > CONTRIBUTION.windowDays * DAY) {
    const most = `has to be at most ${CONTRIBUTION.windowDays} days: older work is not known here`
    found.push([['contributors', 'window'], most])
  }
  if (vote.minPeriod > vote.maxPeriod) {
    found.push([['vote', 'minPeriod'], 'has to be no longer than vote.maxPeriod'])
  }
  for (const [i, { bar }] of paths.entries()) {
    const least = bar.minPeriod ?? vote.minPeriod
    const most = Math.max(bar.maxPeriod ?? 0, vote.maxPeriod)
    if (least > most) {
      found.push([['protected', i, 'minPeriod'], 'has to be no longer than maxPeriod'])
    }
  }
  if (!found.length) {
    const [fault] = faultsOf(ruleFor(constitution, { electorate: 1, changes: 'unknown' }))
    if (fault) found.push([['vote'], fault])
  }
  return found
}
