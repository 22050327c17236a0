/**
 * What is kept. Every row has our own integer id. The forge's numeric id beside it is identity: null for a
 * repository that was voted on before anybody imported it, and for a person who signed in locally. Names
 * and logins are what the forge last called them. Hot tables carry no foreign keys: the one writer makes
 * both ends, and `recount` proves it.
 *
 * Order columns are integers, in billionths (`top` in halves, since a heart counts half): SQLite turns
 * decimal text into doubles and back with the last bit left open, so integers are what a recount can
 * compare and a cursor can resume at.
 *
 * One thing cannot be said here and is edited into the generated SQL: tables whose key is several columns
 * are WITHOUT ROWID.
 */
import { sql } from 'drizzle-orm'
import {
  blob,
  index,
  integer,
  primaryKey,
  type SQLiteColumn,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { REASONS } from '#shared/vote'

export const persons = sqliteTable(
  'persons',
  {
    id: integer().primaryKey(),
    /** The forge whose login this is, as `github.com`. */
    host: text().notNull(),
    login: text().notNull(),
    forgeId: integer('forge_id'),
    avatarUrl: text('avatar_url'),
    createdAt: integer('created_at').notNull(),
    /** When the person had everything about them deleted; nothing but this row is left then. */
    forgottenAt: integer('forgotten_at'),
  },
  (t) => [
    // Only locally a login is who one is: on the forge it may be somebody else's tomorrow.
    uniqueIndex('persons_local_login')
      .on(t.host, sql`lower(${t.login})`)
      .where(sql`${t.forgeId} IS NULL AND ${t.forgottenAt} IS NULL`),
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

/**
 * Who this server is to a forge, as the forge's set-up told it. These are secrets, and as such the reason
 * why the database is nobody's business.
 */
export const apps = sqliteTable('apps', {
  host: text().primaryKey(),
  appId: integer('app_id').notNull(),
  slug: text().notNull(),
  clientId: text('client_id').notNull(),
  clientSecret: text('client_secret').notNull(),
  webhookSecret: text('webhook_secret'),
  /** PEM. */
  privateKey: text('private_key').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const repositories = sqliteTable(
  'repositories',
  {
    id: integer().primaryKey(),
    host: text().notNull(),
    owner: text().notNull(),
    name: text().notNull(),
    forgeId: integer('forge_id'),
    defaultBranch: text('default_branch'),
    /** When an import last saw all of it, epoch milliseconds; null before. */
    importedAt: integer('imported_at'),
  },
  (t) => [uniqueIndex('repositories_forge_id').on(t.host, t.forgeId)],
)

/**
 * Every name by which a repository is found: its own, and those it had before, until another repository
 * takes one of them. Lower case.
 */
export const repositoryNames = sqliteTable(
  'repository_names',
  {
    host: text().notNull(),
    owner: text().notNull(),
    name: text().notNull(),
    repositoryId: integer('repository_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.host, t.owner, t.name] }),
    index('repository_names_of').on(t.repositoryId),
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
    /** `Unusual` as JSON, as it was after the last vote; null where nothing is. */
    unusual: text(),
    /** What an import says it is, `issue` or `pull`; null until one did, and for what is said in it. */
    kind: text({ enum: ['issue', 'pull'] }),
    /** `open` or `closed`; null exactly when `kind` is. */
    state: text({ enum: ['open', 'closed'] }),
    /** When the forge says it was opened, epoch milliseconds; null exactly when `kind` is. */
    openedAt: integer('opened_at'),
    /** Whether a pull request closes it, or it is one that closes something: then votes count there too. */
    isLinked: integer('is_linked', { mode: 'boolean' }).notNull().default(false),
    /** The subject that this one turned out to be, when two names were one repository; else null. */
    mergedInto: integer('merged_into'),
  },
  (t) => [
    uniqueIndex('subjects_address').on(t.repositoryId, t.number, t.part),
    // One for each order of a feed. The number breaks ties, and not the id: SQLite does not seek by a row
    // value that ends in the rowid, and would walk through all subjects that have no votes.
    feedIndex('feed_value', t, t.value),
    feedIndex('feed_top', t, t.top),
    feedIndex('feed_hot', t, t.hot),
    feedIndex('feed_rising', t, t.rising),
    feedIndex('feed_controversial', t, t.controversial),
    feedIndex('feed_new', t, t.openedAt),
  ],
)

function feedIndex(
  name: string,
  t: Record<'repositoryId' | 'kind' | 'state' | 'number', SQLiteColumn>,
  key: SQLiteColumn,
) {
  return index(name)
    .on(t.repositoryId, t.kind, t.state, sql`${key} desc`, sql`${t.number} desc`)
    .where(sql`${t.kind} IS NOT NULL`)
}

/** What an import says about an issue or a pull request, besides what feeds are filtered by. */
export const items = sqliteTable(
  'items',
  {
    subjectId: integer('subject_id').primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    title: text().notNull(),
    /** The author's account, by the forge's id; null when the forge no longer says who it was. */
    authorId: integer('author_id'),
    comments: integer().notNull(),
    updatedAt: integer('updated_at').notNull(),
    closedAt: integer('closed_at'),
    mergedAt: integer('merged_at'),
    isDraft: integer('is_draft', { mode: 'boolean' }).notNull(),
  },
  (t) => [index('items_author').on(t.repositoryId, t.authorId)],
)

export const labels = sqliteTable(
  'labels',
  {
    id: integer().primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    name: text().notNull(),
    /** Six hexadecimal digits. */
    color: text().notNull(),
  },
  // Forges do not tell labels apart by case.
  (t) => [uniqueIndex('labels_name').on(t.repositoryId, sql`lower(${t.name})`)],
)

export const subjectLabels = sqliteTable(
  'subject_labels',
  { labelId: integer('label_id').notNull(), subjectId: integer('subject_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.labelId, t.subjectId] }),
    index('subject_labels_of').on(t.subjectId),
  ],
)

/** Which issues a pull request closes when it is merged. */
export const closes = sqliteTable(
  'closes',
  { pullId: integer('pull_id').notNull(), issueId: integer('issue_id').notNull() },
  (t) => [primaryKey({ columns: [t.pullId, t.issueId] }), index('closes_issue').on(t.issueId)],
)

/** Accounts of the forge that an import met, whether or not these people ever came here. */
export const accounts = sqliteTable(
  'accounts',
  {
    host: text().notNull(),
    forgeId: integer('forge_id').notNull(),
    login: text().notNull(),
    isBot: integer('is_bot', { mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.host, t.forgeId] }),
    index('accounts_login').on(t.host, sql`lower(${t.login})`),
  ],
)

/** Merged work: what makes a contributor. */
export const work = sqliteTable(
  'work',
  {
    repositoryId: integer('repository_id').notNull(),
    kind: text({ enum: ['pull', 'commit'] }).notNull(),
    /** The number of the pull request, or the commit's hash. */
    ref: text().notNull(),
    accountId: integer('account_id').notNull(),
    /** When it was merged, or committed; epoch milliseconds. */
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.repositoryId, t.kind, t.ref] }),
    index('work_of').on(t.repositoryId, t.accountId, t.at),
  ],
)

/** The active contributors of each repository, as its votes are counted now. */
export const contributors = sqliteTable(
  'contributors',
  { repositoryId: integer('repository_id').notNull(), accountId: integer('account_id').notNull() },
  (t) => [primaryKey({ columns: [t.repositoryId, t.accountId] })],
)

/**
 * Everybody's standing vote on everything; 0 once withdrawn. There is no index by person: it would be a page
 * of its own to write with each vote, a third of what one costs, for what is asked when somebody leaves. The
 * log answers that, see `log-pages.ts`.
 */
export const votes = sqliteTable(
  'votes',
  {
    subjectId: integer('subject_id').notNull(),
    personId: integer('person_id').notNull(),
    value: integer().notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    /** The receipt of the vote that stands. */
    seq: integer().notNull(),
    /** Whether it is counted as a contributor's. */
    isContributor: integer('is_contributor', { mode: 'boolean' }).notNull().default(false),
    /** Why, of a vote down whose person said so. */
    reason: text({ enum: REASONS }),
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
    /** A UUID's 16 bytes: with its index it is most of an entry, and as text would be twice that. */
    id: blob({ mode: 'buffer' }).notNull(),
    personId: integer('person_id').notNull(),
    subjectId: integer('subject_id').notNull(),
    value: integer().notNull(),
    castAt: integer('cast_at').notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    /** As in `votes`. */
    reason: text({ enum: REASONS }),
  },
  (t) => [uniqueIndex('log_vote').on(t.id, t.personId)],
)

/**
 * Imports, asked for and nightly: what is to be done, how far it is, what came of it. The row is written
 * with every page, so that whoever goes on knows where.
 */
export const imports = sqliteTable(
  'imports',
  {
    id: integer().primaryKey(),
    host: text().notNull(),
    owner: text().notNull(),
    name: text().notNull(),
    /** Null until the forge has said which repository it is. */
    repositoryId: integer('repository_id'),
    kind: text({ enum: ['asked', 'nightly'] }).notNull(),
    status: text({ enum: ['waiting', 'running', 'paused', 'done', 'failed'] }).notNull(),
    /** Null before the first and after the last. */
    phase: text({
      enum: ['repository', 'items', 'open', 'reactions', 'merges', 'work', 'contributors'],
    }),
    /** Within a phase, JSON: the page to read next, and numbers of the items on the one before. */
    cursor: text(),
    /** Entries of the phase; `total` is null when the forge does not say. */
    done: integer().notNull().default(0),
    total: integer(),
    /** Entries of all phases that could not be understood. */
    skipped: integer().notNull().default(0),
    /** When the forge wants to be asked again, epoch milliseconds. */
    until: integer(),
    /** Why it paused or failed, for a person. */
    problem: text(),
    askedAt: integer('asked_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    /** The latest change that the list of items has shown, by the forge's clock. */
    watermark: integer(),
  },
  (t) => [
    uniqueIndex('imports_unfinished')
      .on(t.host, t.owner, t.name)
      .where(sql`${t.status} IN ('waiting', 'running', 'paused')`),
    index('imports_of').on(t.repositoryId, t.status),
  ],
)

/** Pages of the forge's lists that were read and written down, so that one can be asked whether it changed. */
export const forgePages = sqliteTable(
  'forge_pages',
  {
    address: text().primaryKey(),
    repositoryId: integer('repository_id').notNull(),
    phase: text().notNull(),
    /** The import that read it last. */
    importId: integer('import_id').notNull(),
    /** Null when the forge gave none. */
    etag: text(),
    next: text(),
    /** Numbers of its items, JSON. */
    numbers: text().notNull(),
    /** When the last of them changed. */
    latest: integer(),
  },
  (t) => [index('forge_pages_of').on(t.repositoryId, t.phase)],
)

/** What one of several servers does for all of them. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey(),
  /** A server, by a name that it gives itself at its start. */
  owner: text().notNull(),
  /** Until when nobody else does it, epoch milliseconds by the database's clock. */
  until: integer().notNull(),
})

/** People who have a code to enter on the forge's page. */
export const devices = sqliteTable('devices', {
  /** SHA-256 of the handle, base64url. The handle itself is never stored. */
  handleHash: text('handle_hash').primaryKey(),
  /** What the forge is asked with. */
  deviceCode: text('device_code').notNull(),
  /** Milliseconds between two questions to the forge; when the next may be. */
  interval: integer().notNull(),
  nextAt: integer('next_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

/** The forge's deliveries that were dealt with. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    /** The signature: it belongs to the body, which the forge's own number of it does not. */
    signature: text().primaryKey(),
    takenAt: integer('taken_at').notNull(),
  },
  (t) => [index('deliveries_taken').on(t.takenAt)],
)
