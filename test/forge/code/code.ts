/** The code side of one repository of the stand-in: branches, heads of pull requests, checks, merging. */
import { randomUUID } from 'node:crypto'
import { stamp } from '../world/stamp.ts'
import type { Account, Repository, Subject } from '../world/world.ts'
import { type FileEdit, type Git, openGit } from './git.ts'

export interface CheckRun {
  id: number
  head: string
  name: string
  externalId: string
  status: string
  conclusion: string | null
  startedAt: string
  completedAt: string | null
  title: string
  summary: string
  /** The login, or app, that made it. */
  by: string
}

/** Where a pull request stands beside what the world says of it. */
export interface PullCode {
  baseRef: string
  mergedBy: Account | null
  mergeSha: string | null
  isStacked: boolean
}

export type MergeResult =
  | { status: 'merged'; sha: string }
  | { status: 'refused'; code: number; message: string }

export interface Code {
  git: Git
  repository: Repository
  branches: Map<string, string>
  checks: CheckRun[]
  pulls: Map<number, PullCode>
  /** Rules of the base branch, and what of GitHub there is. */
  settings: {
    /** A check of this name has to be a success on the head. */
    requiredCheck: string | null
    /** Whether merging in its own time is offered, and how long that takes in milliseconds. */
    mergeAsync: number | null
    /** Whether a merge goes to a queue. */
    queue: boolean
    /**
     * GitHub tries a merge in its own time. `under way`: it says that it does not know yet, as when the base has
     * just moved. `late`: it says what it found before, of a base that is not there any more.
     */
    trial: 'at once' | 'under way' | 'late'
  }
  jobs: Map<
    string,
    { status: 'pending' | 'merged' | 'enqueued' | 'failed'; sha?: string; message?: string }
  >
  /** Merges done, in order. */
  merges: { number: number; head: string; sha: string; by: string }[]
  /** Commits on a branch without a pull request. */
  commitTo(branch: string, edits: Record<string, FileEdit>, message?: string): string
  /** A pull request's next commit on top of its head, or on top of what is given; it becomes its head. */
  push(
    number: number,
    edits: Record<string, FileEdit>,
    options?: { on?: string; date?: string },
  ): string
  /** Puts the head somewhere else, as a forced push does. */
  force(number: number, sha: string): void
  of(number: number): PullCode
  mergeStateOf(subject: Subject): { mergeable: boolean | null; state: string }
  /** The commit that merging an open pull request now would make; null when that cannot be. */
  testMergeOf(subject: Subject): string | null
  merge(number: number, asked: { sha?: string; method?: string }, by: Account): MergeResult
}

/** A repository whose `main` has these files. */
export function codeOf(repository: Repository, files: Record<string, FileEdit>): Code {
  const git = openGit()
  const first = git.commit([], files, 'Begin')
  let edits = Date.now()
  const tests = new Map<string, string | null>()
  const lastTests = new Map<number, string | null>()

  const code: Code = {
    git,
    repository,
    branches: new Map([['main', first]]),
    checks: [],
    pulls: new Map(),
    settings: { requiredCheck: null, mergeAsync: null, queue: false, trial: 'at once' },
    jobs: new Map(),
    merges: [],
    commitTo(branch, changes, message = `Change ${Object.keys(changes).join(', ')}`) {
      const sha = git.commit([tipOf(branch)], changes, message)
      code.branches.set(branch, sha)
      return sha
    },
    push(number, changes, { on, date } = {}) {
      const subject = pullOf(number)
      const parent =
        on ?? (git.has(subject.headSha) ? subject.headSha : tipOf(code.of(number).baseRef))
      const sha = git.commit([parent], changes, `Change of #${number}`, date)
      code.force(number, sha)
      return sha
    },
    force(number, sha) {
      edits += 1000
      Object.assign(pullOf(number), { headSha: sha, updatedAt: stamp(edits) })
    },
    of(number) {
      const known = code.pulls.get(number)
      if (known) return known
      const fresh: PullCode = { baseRef: 'main', mergedBy: null, mergeSha: null, isStacked: false }
      code.pulls.set(number, fresh)
      return fresh
    },
    mergeStateOf(subject) {
      const { baseRef } = code.of(subject.number)
      if (subject.state !== 'open') return { mergeable: null, state: 'unknown' }
      if (code.settings.trial === 'under way') return { mergeable: null, state: 'unknown' }
      if (!git.fits(tipOf(baseRef), subject.headSha)) return { mergeable: false, state: 'dirty' }
      if (subject.draft) return { mergeable: true, state: 'draft' }
      return { mergeable: true, state: isChecked(subject) ? 'clean' : 'blocked' }
    },
    testMergeOf(subject) {
      if (subject.state !== 'open') return null
      const last = lastTests.get(subject.number)
      if (code.settings.trial !== 'at once' && last !== undefined) return last
      const base = tipOf(code.of(subject.number).baseRef)
      const key = `${base} ${subject.headSha}`
      const made = tests.get(key) ?? git.merge(base, subject.headSha, 'Test merge') ?? null
      tests.set(key, made)
      lastTests.set(subject.number, made)
      return made
    },
    merge(number, { sha, method = 'merge' }, by) {
      const subject = pullOf(number)
      const pull = code.of(number)
      const base = tipOf(pull.baseRef)
      const refused = (status: number, message: string): MergeResult => ({
        status: 'refused',
        code: status,
        message,
      })
      if (subject.state !== 'open' || subject.draft)
        return refused(405, 'Pull Request is not mergeable')
      if (sha !== undefined && sha !== subject.headSha) {
        return refused(409, 'Head branch was modified. Review and try the merge again.')
      }
      if (!isChecked(subject)) {
        return refused(405, `Required status check "${code.settings.requiredCheck}" is expected.`)
      }
      const words = `${subject.title} (#${number})`
      const merged =
        method === 'squash'
          ? git.squash(base, subject.headSha, words)
          : method === 'rebase'
            ? git.rebase(subject.headSha, base)
            : git.merge(base, subject.headSha, words)
      if (!merged) return refused(405, 'Pull Request has merge conflicts')
      code.branches.set(pull.baseRef, merged)
      Object.assign(pull, { mergedBy: by, mergeSha: merged })
      edits += 1000
      const at = stamp(edits)
      Object.assign(subject, { state: 'closed', merged: true, closedAt: at, updatedAt: at })
      code.merges.push({ number, head: subject.headSha, sha: merged, by: by.login })
      return { status: 'merged', sha: merged }
    },
  }

  function tipOf(branch: string): string {
    const tip = code.branches.get(branch)
    if (tip === undefined) throw new Error(`no branch ${branch}`)
    return tip
  }

  function pullOf(number: number): Subject {
    const subject = repository.subjects.get(number)
    if (subject?.kind !== 'pull') throw new Error(`no pull request ${number}`)
    return subject
  }

  function isChecked({ headSha }: Subject): boolean {
    const { requiredCheck } = code.settings
    if (requiredCheck === null) return true
    const last = code.checks.findLast(
      ({ head, name }) => head === headSha && name === requiredCheck,
    )
    // As GitHub has it: what says nothing does not stand in the way.
    return ['success', 'neutral', 'skipped'].includes(last?.conclusion ?? '')
  }

  return code
}

export const newJob = () => randomUUID()
