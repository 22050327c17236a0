/** The rows of imports: what is to be done, how far it is. */
import type { Client } from '@libsql/client'
import type { Statement } from '../writer/writer.ts'

export const PHASES = [
  'repository',
  'items',
  'open',
  'reactions',
  'merges',
  'work',
  'contributors',
] as const
export type Phase = (typeof PHASES)[number]
export type ImportKind = 'asked' | 'nightly'
export type ImportStatus = 'waiting' | 'running' | 'paused' | 'done' | 'failed'

/** Where in a phase to go on. */
export interface Cursor {
  /** The address of the page to read next. */
  next: string
  /** Numbers of the items on the page before: pages overlap. */
  seen: number[]
}

export interface Import {
  id: number
  host: string
  owner: string
  name: string
  repositoryId: number | null
  kind: ImportKind
  status: ImportStatus
  phase: Phase | null
  cursor: Cursor | null
  done: number
  total: number | null
  skipped: number
  until: number | null
  problem: string | null
  startedAt: number | null
  finishedAt: number | null
  watermark: number | null
}

const COLUMNS = {
  repositoryId: 'repository_id',
  status: 'status',
  phase: 'phase',
  cursor: 'cursor',
  done: 'done',
  total: 'total',
  skipped: 'skipped',
  until: 'until',
  problem: 'problem',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  watermark: 'watermark',
} as const

/** What of an import changes. */
export type Change = Partial<Pick<Import, keyof typeof COLUMNS>>

export async function readImport(db: Client, id: number): Promise<Import | undefined> {
  const { rows } = await db.execute({ sql: 'SELECT * FROM imports WHERE id = ?', args: [id] })
  return rows[0] && importIn(rows[0])
}

/** The import to work on: one that was begun before one that waits. */
export async function readNextImport(db: Client): Promise<Import | undefined> {
  // The three statuses are those of the index.
  const { rows } = await db.execute(`SELECT * FROM imports
    WHERE status IN ('waiting', 'running', 'paused') AND status <> 'paused'
    ORDER BY status = 'waiting', id LIMIT 1`)
  return rows[0] && importIn(rows[0])
}

/** The statement that writes a change down. */
export function updateImport(id: number, change: Change): Statement {
  const names = Object.keys(change) as (keyof Change)[]
  const values = names.map((name) =>
    name === 'cursor' ? change.cursor && JSON.stringify(change.cursor) : change[name],
  )
  return {
    sql: `UPDATE imports SET ${names.map((name) => `${COLUMNS[name]} = ?`).join(', ')} WHERE id = ?`,
    args: [...(values as (string | number | null)[]), id],
  }
}

/** Asks for an import unless one of the same repository is on its way, which goes on if it had paused. */
export const askForImport = (
  { host, owner, name }: Pick<Import, 'host' | 'owner' | 'name'>,
  kind: ImportKind,
  repositoryId: number | null,
  askedAt: number,
): Statement[] => [
  {
    sql: `INSERT INTO imports (host, owner, name, kind, repository_id, status, asked_at)
      VALUES (?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`,
    args: [host, owner, name, kind, repositoryId, askedAt],
  },
  {
    sql: `UPDATE imports SET status = 'waiting', until = NULL, problem = NULL
      WHERE host = ? AND owner = ? AND name = ? AND status = 'paused' AND until IS NULL`,
    args: [host, owner, name],
  },
  {
    sql: `SELECT id FROM imports WHERE host = ? AND owner = ? AND name = ?
      AND status IN ('waiting', 'running', 'paused')`,
    args: [host, owner, name],
  },
]

/** What was under way when the server ended goes on. */
export const RESUME: Statement = {
  sql: `UPDATE imports SET status = CASE WHEN started_at IS NULL THEN 'waiting' ELSE 'running' END,
      until = NULL, problem = NULL WHERE status IN ('waiting', 'running', 'paused')`,
  args: [],
}

function importIn(row: Record<string, unknown>): Import {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]))
  const text = (name: string) => (row[name] === null ? null : String(row[name]))
  const cursor = text('cursor')
  return {
    id: Number(row['id']),
    host: String(row['host']),
    owner: String(row['owner']),
    name: String(row['name']),
    repositoryId: number('repository_id'),
    kind: row['kind'] as ImportKind, // only these were ever written there; so for the next two
    status: row['status'] as ImportStatus,
    phase: row['phase'] as Phase | null,
    cursor: cursor === null ? null : (JSON.parse(cursor) as Cursor),
    done: Number(row['done']),
    total: number('total'),
    skipped: Number(row['skipped']),
    until: number('until'),
    problem: text('problem'),
    startedAt: number('started_at'),
    finishedAt: number('finished_at'),
    watermark: number('watermark'),
  }
}
