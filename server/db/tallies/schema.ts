/**
 * What is kept of votes on merging. Times of tallies are whole seconds, as everything is that decides one;
 * people are accounts of the forge, by its numeric ids. The record is what happened, in order and for good;
 * the other tables are what it comes to, and can be made from it again.
 */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The vote on one content of a pull request. A push of another content is another tally. */
export const tallies = sqliteTable(
  'tallies',
  {
    id: integer().primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    number: integer().notNull(),
    /** The commit that would be merged, and earlier ones that change the same, as a JSON list. */
    head: text().notNull(),
    sameContent: text('same_content').notNull().default('[]'),
    /** What the head changes against where it branched off, as a hash. */
    content: text().notNull(),
    baseRef: text('base_ref').notNull(),
    /** The author's account; null when the forge no longer says who it was. */
    authorId: integer('author_id'),
    openedAt: integer('opened_at').notNull(),
    /** Seconds by which the end was put off. */
    extension: integer().notNull().default(0),
    /** The rule that it is judged by, JSON. */
    rule: text().notNull(),
    extendsOnSwing: integer('extends_on_swing', { mode: 'boolean' }).notNull(),
    hidesResults: integer('hides_results', { mode: 'boolean' }).notNull(),
    /** Who may end it without a decision. */
    cancel: text({ enum: ['author', 'maintainers'] }).notNull(),
    /** What a pass does: `check`, or how it is merged. */
    pass: text({ enum: ['check', 'merge', 'squash', 'rebase'] }).notNull(),
    /** The constitution that was read, by the forge's hash of the file. */
    constitution: text().notNull(),
    /** SHA-256 of the members' ids, ascending, in decimal, each followed by a newline. */
    electorateHash: text('electorate_hash').notNull(),
    status: text({
      enum: ['open', 'passed', 'failed', 'cancelled', 'superseded', 'overridden'],
    }).notNull(),
    /** Why it is no longer open. */
    reason: text(),
    closedAt: integer('closed_at'),
    /** When the clock may next change what it comes to. */
    settleAt: integer('settle_at').notNull(),
    /** `asked` is written before the forge is asked, so that nobody asks it twice without looking. */
    merge: text({ enum: ['none', 'wanted', 'asked', 'done', 'lapsed'] })
      .notNull()
      .default('none'),
    /** Why it is not merged yet, or who merged it, for a person. */
    mergeNote: text('merge_note'),
    /** The commit that came of it. */
    mergeSha: text('merge_sha'),
    /** The forge's number of what it was told last about the head, and a hash of that. */
    checkId: integer('check_id'),
    reported: text(),
  },
  (t) => [
    uniqueIndex('tallies_open')
      .on(t.repositoryId, t.number)
      .where(sql`${t.status} = 'open'`),
    index('tallies_of').on(t.repositoryId, t.number, t.id),
    index('tallies_unsettled')
      .on(t.settleAt)
      .where(sql`${t.status} = 'open'`),
  ],
)

/** Who may vote in a tally, frozen when it opened. Maintainers who are no members can only object. */
export const electors = sqliteTable(
  'electors',
  {
    tallyId: integer('tally_id').notNull(),
    accountId: integer('account_id').notNull(),
    isMember: integer('is_member', { mode: 'boolean' }).notNull(),
    isMaintainer: integer('is_maintainer', { mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tallyId, t.accountId] })],
)

/** Everybody's standing ballot in a tally; what was withdrawn stands as such. */
export const ballots = sqliteTable(
  'ballots',
  {
    tallyId: integer('tally_id').notNull(),
    accountId: integer('account_id').notNull(),
    choice: text({ enum: ['for', 'against', 'abstain', 'withdrawn'] }).notNull(),
    /** The commit that the voter saw. */
    head: text().notNull(),
    reason: text().notNull(),
    /** When it began to stand in this tally, and when it was cast: earlier, if before a push. */
    at: integer().notNull(),
    castAt: integer('cast_at').notNull(),
    /** The receipt. */
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tallyId, t.accountId] })],
)

/** Who lets whom vote for them in a repository; to nobody once that was taken back. */
export const delegations = sqliteTable(
  'delegations',
  {
    repositoryId: integer('repository_id').notNull(),
    fromId: integer('from_id').notNull(),
    toId: integer('to_id'),
    at: integer().notNull(),
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.repositoryId, t.fromId] })],
)

/** Everything that was done about merging, in order, never changed. `seq` counts from 0 without a gap. */
export const record = sqliteTable(
  'record',
  {
    seq: integer().primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    /** Null for what concerns no tally in particular. */
    tallyId: integer('tally_id'),
    at: integer().notNull(),
    kind: text({
      enum: [
        'opened',
        'ballot',
        'delegation',
        'same-content',
        'renamed', // of former versions; nothing writes it any more
        'extended',
        'decided',
        'cancelled',
        'superseded',
        'overridden',
        'merging',
        'merged',
        'lapsed',
      ],
    }).notNull(),
    /** Whose doing it was, by account; null for the server's. */
    accountId: integer('account_id'),
    /** The client's id of what was cast, and who cast it. */
    castId: text('cast_id'),
    personId: integer('person_id'),
    /** The rest, JSON. */
    detail: text().notNull(),
  },
  (t) => [
    uniqueIndex('record_cast')
      .on(t.castId, t.personId)
      .where(sql`${t.castId} IS NOT NULL`),
    index('record_of').on(t.tallyId, t.seq),
  ],
)

/** Pull requests to be looked at with the forge's eyes: since something happened, or it is time. */
export const pullLooks = sqliteTable(
  'pull_looks',
  {
    repositoryId: integer('repository_id').notNull(),
    number: integer().notNull(),
    /** Epoch milliseconds. */
    dueAt: integer('due_at').notNull(),
    /** Looks in a row that came to nothing since the forge did not answer. */
    faults: integer().notNull().default(0),
    /** Why, for a person. */
    problem: text(),
  },
  (t) => [primaryKey({ columns: [t.repositoryId, t.number] }), index('pull_looks_due').on(t.dueAt)],
)

/**
 * Whom a login in a repository's constitution meant when it was first read there: whoever takes the login
 * later is not meant.
 */
export const namedAccounts = sqliteTable(
  'named_accounts',
  {
    repositoryId: integer('repository_id').notNull(),
    /** Lower case. */
    login: text().notNull(),
    accountId: integer('account_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.repositoryId, t.login] })],
)
