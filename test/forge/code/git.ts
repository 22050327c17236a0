/**
 * A real Git repository for what the stand-in says about code: trees, comparisons and merges are Git's own.
 * Commits are made from lists of files; nothing is ever checked out.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What becomes of a path: its content, a link to somewhere, or nothing. */
export type FileEdit = string | { link: string } | { executable: string } | null

export interface TreeEntry {
  path: string
  mode: string
  type: 'blob' | 'tree' | 'commit'
  sha: string
  size?: number
}

export interface FileDiff {
  filename: string
  previous_filename?: string
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed'
  sha: string
  additions: number
  deletions: number
  patch?: string
}

export interface Git {
  /** Commits edits on top of a parent; the new commit. `date` in ISO 8601, ours to choose as everybody's. */
  commit(
    parents: readonly string[],
    edits: Record<string, FileEdit>,
    message: string,
    date?: string,
  ): string
  /** The same commit message and edits of `head` on top of another base; undefined in a conflict. */
  rebase(head: string, onto: string): string | undefined
  merge(base: string, head: string, message: string): string | undefined
  squash(base: string, head: string, message: string): string | undefined
  /** Whether a merge of both would be without conflicts. */
  fits(base: string, head: string): boolean
  mergeBase(one: string, other: string): string
  tree(commit: string): TreeEntry[]
  treeOf(commit: string): string
  parentsOf(commit: string): string[]
  entryAt(commit: string, file: string): TreeEntry | undefined
  blob(sha: string): Buffer
  diff(base: string, head: string): FileDiff[]
  has(sha: string): boolean
  remove(): void
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.org',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.org',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

export function openGit(): Git {
  const folder = mkdtempSync(path.join(tmpdir(), 'forgemoot-git-'))
  let clock = Date.parse('2026-11-22T12:00:00Z')
  const marks = path.join(folder, 'marks')
  const env = { ...process.env, ...IDENTITY, GIT_DIR: folder }

  function run(
    args: readonly string[],
    input?: string,
    extra: Record<string, string> = {},
  ): Buffer {
    return execFileSync('git', args, {
      env: { ...env, ...extra },
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input !== undefined && { input }),
    })
  }
  // Git is asked by the names of commits only, and its answers about those never change.
  const answers = new Map<string, Buffer | undefined>()

  /** What Git answers; undefined where it refuses. */
  function known(args: readonly string[]): Buffer | undefined {
    const key = args.join('\0')
    if (!answers.has(key)) {
      try {
        answers.set(key, run(args))
      } catch {
        answers.set(key, undefined)
      }
    }
    return answers.get(key)
  }

  function text(...args: string[]): string {
    const answer = known(args)
    if (!answer) throw new Error(`git ${args.join(' ')} failed`)
    return answer.toString().trimEnd()
  }

  run(['init', '--bare', '--quiet', folder])

  function commitTree(tree: string, parents: readonly string[], message: string) {
    clock += 1000
    const at = new Date(clock).toISOString()
    const args = [
      'commit-tree',
      tree,
      ...parents.flatMap((parent) => ['-p', parent]),
      '-m',
      message,
    ]
    return run(args, undefined, { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }).toString().trim()
  }

  /** The tree that merging makes; undefined in a conflict. */
  function mergeTree(base: string, head: string): string | undefined {
    return known(['merge-tree', '--write-tree', base, head])?.toString().split('\n', 1)[0]
  }

  const git: Git = {
    commit(parents, edits, message, date) {
      clock += 1000
      const at = Math.floor((date === undefined ? clock : Date.parse(date)) / 1000)
      const stream = [
        'commit refs/heads/imported',
        'mark :1',
        `committer Somebody <somebody@example.org> ${at} +0000`,
        dataOf(message),
        ...parents.map((parent, i) => `${i ? 'merge' : 'from'} ${parent}`),
        ...Object.entries(edits).flatMap(([file, edit]) => editLines(file, edit)),
        '',
      ].join('\n')
      // One process for a commit: of many small ones tests would be made of waiting.
      run(['fast-import', '--quiet', '--force', `--export-marks=${marks}`], stream)
      return readFileSync(marks, 'utf8').trim().split(' ')[1] ?? ''
    },
    rebase(head, onto) {
      const tree = mergeTree(onto, head)
      return tree && commitTree(tree, [onto], text('log', '-1', '--format=%B', head))
    },
    merge(base, head, message) {
      const tree = mergeTree(base, head)
      return tree && commitTree(tree, [base, head], message)
    },
    squash(base, head, message) {
      const tree = mergeTree(base, head)
      return tree && commitTree(tree, [base], message)
    },
    fits: (base, head) => mergeTree(base, head) !== undefined,
    mergeBase: (one, other) => text('merge-base', one, other),
    tree: (commit) => entriesIn(text('ls-tree', '-r', '-t', '-l', commit)),
    treeOf: (commit) => text('rev-parse', `${commit}^{tree}`),
    parentsOf: (commit) => text('log', '-1', '--format=%P', commit).split(' ').filter(Boolean),
    entryAt: (commit, file) => entriesIn(text('ls-tree', '-l', commit, '--', file))[0],
    blob: (sha) => known(['cat-file', 'blob', sha]) ?? Buffer.alloc(0),
    diff: (base, head) => diffOf(text, base, head),
    has(sha) {
      try {
        run(['cat-file', '-e', `${sha}^{commit}`])
        return true
      } catch {
        return false
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  return git
}

const dataOf = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`

/** An edit in the words of `git fast-import`. */
function editLines(file: string, edit: FileEdit): string[] {
  if (edit === null) return [`D ${file}`]
  const [mode, content] =
    typeof edit === 'string'
      ? ['100644', edit]
      : 'link' in edit
        ? ['120000', edit.link]
        : ['100755', edit.executable]
  return [`M ${mode} inline ${file}`, dataOf(content)]
}

function entriesIn(listing: string): TreeEntry[] {
  return listing
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [meta = '', file = ''] = line.split('\t')
      const [mode = '', type = '', sha = '', size = '-'] = meta.split(/\s+/)
      return {
        path: file,
        mode,
        type: type as TreeEntry['type'],
        sha,
        ...(size !== '-' && { size: Number(size) }),
      }
    })
}

const STATUSES: Record<string, FileDiff['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
}

function diffOf(text: (...args: string[]) => string, base: string, head: string): FileDiff[] {
  const raw = text('diff', '--raw', '--no-abbrev', '-M', base, head).split('\n').filter(Boolean)
  return raw.map((line) => {
    const [meta = '', ...files] = line.split('\t')
    const [, , from = '', to = '', status = ''] = meta.split(/\s+/)
    const filename = files.at(-1) ?? ''
    const patch = text('diff', '-M', base, head, '--', ...files)
    const hunks = /^@@[\s\S]*/m.exec(patch)?.[0]
    const lines = hunks?.split('\n') ?? []
    return {
      filename,
      ...(files.length > 1 && { previous_filename: files[0] ?? '' }),
      status: STATUSES[status[0] ?? ''] ?? 'changed',
      sha: /^0+$/.test(to) ? from : to,
      additions: lines.filter((each) => each.startsWith('+')).length,
      deletions: lines.filter((each) => each.startsWith('-')).length,
      ...(hunks !== undefined && { patch: hunks }),
    }
  })
}
