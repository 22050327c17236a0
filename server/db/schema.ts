/**
 * What is kept. Every row has our own integer id; the forge's numeric id is null until an import fills
 * it in, and is what renames will be followed by. Hot tables carry no foreign keys: the one writer makes
 * both ends, and `recount` proves it.
 *
 * Order columns are integers, in billionths (`top` in halves, since a heart counts half): SQLite turns
 * decimal text into doubles and back with the last bit left open, so integers are what a recount can
 * compare and a cursor can resume at.
 *
 * One thing cannot be said here and is edited into the generated SQL: `votes` is WITHOUT ROWID.
 */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const persons = sqliteTable(
  'persons',
  {
    id: integer().primaryKey(),
    /** The forge whose login this is, as `github.com`. */
    host: text().notNull(),
    login: text().notNull(),
    forgeId: integer('forge_id'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('persons_login').on(t.host, sql`lower(${t.login})`),
    uniqueIndex('persons_forge_id').on(t.host, t.forgeId),
  ],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    /** SHA-256 of the token, base64url. The token itself is never stored. */
    tokenHash: text('token_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    withdrawnAt: integer('withdrawn_at'),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_person').on(t.personId)],
)

export const repositories = sqliteTable(
  'repositories',
  {
    id: integer().primaryKey(),
    host: text().notNull(),
    owner: text().notNull(),
    name: text().notNull(),
    forgeId: integer('forge_id'),
  },
  (t) => [
    uniqueIndex('repositories_name').on(t.host, t.owner, t.name),
    uniqueIndex('repositories_forge_id').on(t.host, t.forgeId),
  ],
)

/** A subject, what its votes add up to, and the keys of its orders. */
export const subjects = sqliteTable(
  'subjects',
  {
    id: integer().primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    number: integer().notNull(),
    /** '' for the issue or pull request itself, else as `issuecomment-678`. */
    part: text().notNull(),
    contributorsUp: integer('contributors_up').notNull(),
    contributorsDown: integer('contributors_down').notNull(),
    othersUp: integer('others_up').notNull(),
    othersDown: integer('others_down').notNull(),
    /** The forge's reactions as JSON, `{"+1":3}`. */
    reactions: text().notNull().default('{}'),
    value: integer().notNull(),
    top: integer().notNull(),
    hot: integer().notNull(),
    rising: integer(),
    controversial: integer().notNull(),
  },
  (t) => [uniqueIndex('subjects_address').on(t.repositoryId, t.number, t.part)],
)

/** Everybody's standing vote on everything; 0 once withdrawn. */
export const votes = sqliteTable(
  'votes',
  {
    subjectId: integer('subject_id').notNull(),
    personId: integer('person_id').notNull(),
    value: integer().notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    /** The receipt of the vote that stands. */
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subjectId, t.personId] })],
)

/**
 * Every accepted vote, in order, never changed. `seq` is the receipt: 0 for the first vote ever, then
 * without a gap, so that the next one is known without asking and "is anything missing" can be counted.
 * The unique index begins with the vote's id, not its person: ids that grow with time then land on the
 * index's last page, and not each on its own.
 */
export const log = sqliteTable(
  'log',
  {
    seq: integer().primaryKey(),
    id: text().notNull(),
    personId: integer('person_id').notNull(),
    subjectId: integer('subject_id').notNull(),
    value: integer().notNull(),
    castAt: integer('cast_at').notNull(),
    acceptedAt: integer('accepted_at').notNull(),
  },
  (t) => [uniqueIndex('log_vote').on(t.id, t.personId)],
)
