/**
 * Reads a repository from its forge, page by page, and goes on at the page where it was left. Every page is
 * written down whole, and only then the place of the next: whatever ends this process in between, reading
 * that page once more changes nothing.
 *
 * Later imports read what changed since the latest change that the one before has seen, a little
 * overlapping. What a change does not show, and what got lost, the nightly ones find: they read all open
 * items (a reaction does not count as a change), ask for those that ought to be open and were not there, read
 * some of all items anew, in turns, so that closed ones keep up with their reactions too, and read all commits
 * of the window (a branch that is merged may bring old ones).
 *
 * Work is read apart from items: a list of issues does not say into which branch something was merged, and
 * only the default branch counts.
 */
import type { Context } from '../context.ts'
import { workSince } from '../contribution.ts'
import { closeItem, hideRepository } from '../db/hide-repository.ts'
import { type Change, type Import, type Phase, updateImport } from '../db/import-store.ts'
import { forgetPages, knownPage, readPage, rememberPage } from '../db/forge-pages.ts'
import { ForgeRefusal, type Page, type Reading } from '../forges/forge.ts'
import type { ItemFacts, RepositoryFacts, WorkFacts } from '../forge-facts.ts'
import type { Statement } from '../writer/writer.ts'

export type ImportContext = Pick<Context, 'db' | 'writer' | 'feeds' | 'forge' | 'now'>

const MINUTE = 60_000
const DAY = 86_400_000

/** How far imports overlap, by the forge's clock. */
const ITEM_MARGIN = 5 * MINUTE
/** How far back merges are looked for that were missed: as a list by number shifts, one may be. */
const MERGE_MARGIN = 14 * DAY
/** How old commits may be that a merge brings between two nights. */
const COMMIT_MARGIN = 14 * DAY

const STEPS: Record<Import['kind'], readonly Phase[]> = {
  asked: ['items', 'merges', 'work', 'contributors'],
  nightly: ['items', 'open', 'reactions', 'merges', 'work', 'contributors'],
}

/** Items that are read anew in one night: fifty requests, which cost nothing where nothing changed. */
const NIGHTLY = 5000

/** An import under way: its row, as it is on the disk, and its repository. */
interface Run {
  row: Import
  repositoryId: number
  facts: RepositoryFacts
  reading: Reading
  context: ImportContext
  /** Writes down how far it is, with other things that follow from it. */
  save(change: Change, statements?: Statement[]): Promise<void>
}

/** Does what is left of an import. Rejects with the forge's refusal or silence, or when it is ended. */
export async function importRepository(
  context: ImportContext,
  row: Import,
  signal: AbortSignal,
): Promise<void> {
  const run = await begin(context, row, signal)
  const steps = STEPS[row.kind]
  const resumed = row.phase === null ? -1 : steps.indexOf(row.phase)
  for (const [place, phase] of steps.entries()) {
    if (place < resumed) continue
    if (place > resumed) await run.save({ phase, cursor: null, done: 0, total: null })
    await DO[phase](run)
  }
  await finish(run)
}

const DO: Record<Phase, (run: Run) => Promise<void>> = {
  repository: async () => undefined, // every run begins with it
  items: importItems,
  open: importOpenItems,
  reactions: importReactions,
  merges: importMerges,
  work: importCommits,
  async contributors({ context, repositoryId }) {
    await context.writer.settleContributors(repositoryId, workSince(context.now()))
  },
}

async function begin(context: ImportContext, row: Import, signal: AbortSignal): Promise<Run> {
  const { forge, writer, now } = context
  const save: Run['save'] = async (change, statements = []) => {
    await writer.run([...statements, updateImport(row.id, change)])
    Object.assign(row, change)
  }
  const reading: Reading = {
    signal,
    onWait: (until) => save({ status: until === null ? 'running' : 'paused', until }),
  }
  await save({
    status: 'running',
    startedAt: row.startedAt ?? now(),
    phase: row.phase ?? 'repository',
    until: null,
    problem: null,
  })
  const forgeId = row.repositoryId === null ? null : await forgeIdOf(context, row.repositoryId)
  const found = await forge
    .repository(forgeId === null ? row : { forgeId }, reading)
    .catch(async (error) => {
      if (error instanceof ForgeRefusal && error.gone) await hide(context, row.repositoryId)
      throw error
    })
  if (found.isPrivate) {
    await hide(context, await knownIdOf(context, found.facts))
    throw new ForgeRefusal(
      'This repository is private, and this server would show its issues to everybody.',
    )
  }
  const { facts } = found
  if (forgeId === null) await learnOldName(context, row, facts)
  const repositoryId = await writer.nameRepository(facts)
  await save({ repositoryId })
  return { row, repositoryId, facts, reading, context, save }
}

/** What was public and is not any more is not ours to show. */
async function hide({ db, writer, feeds }: ImportContext, repositoryId: number | null) {
  if (repositoryId === null) return
  await writer.run(hideRepository(repositoryId))
  // By its present name, which it need not have been asked by.
  const sql = "SELECT host || '/' || owner || '/' || name AS name FROM repositories WHERE id = ?"
  feeds.changed(String((await db.execute({ sql, args: [repositoryId] })).rows[0]?.name))
}

/** The repository that the forge has under this id, if there was one here before. */
async function knownIdOf({ db }: ImportContext, { host, forgeId }: RepositoryFacts) {
  const sql = 'SELECT id FROM repositories WHERE host = ? AND forge_id = ?'
  const id = (await db.execute({ sql, args: [host, forgeId] })).rows[0]?.id
  return id === undefined ? null : Number(id)
}

async function forgeIdOf({ db }: ImportContext, repositoryId: number): Promise<number | null> {
  const sql = 'SELECT forge_id FROM repositories WHERE id = ?'
  const id = (await db.execute({ sql, args: [repositoryId] })).rows[0]?.forge_id
  return id === null || id === undefined ? null : Number(id)
}

/** The forge led from one name to another: what was voted on under the first belongs there too. */
async function learnOldName({ writer }: ImportContext, row: Import, facts: RepositoryFacts) {
  const { owner, name } = row
  const isSame = facts.owner.toLowerCase() === owner && facts.name.toLowerCase() === name
  if (!isSame) await writer.nameRepository({ ...facts, owner, name })
}

// Items.

async function importItems(run: Run) {
  const { context, facts, repositoryId } = run
  const before = await watermarkOf(context, repositoryId)
  const since = before === null ? null : before - ITEM_MARGIN
  await readItems(run, context.forge.changedItems(facts, since), since === null)
}

async function importOpenItems(run: Run) {
  const { context, facts, row, repositoryId, reading } = run
  await readItems(run, context.forge.openItems(facts), false)
  const { rows } = await context.db.execute({
    sql: `SELECT number FROM subjects WHERE repository_id = ?1 AND state = 'open' AND part = ''
      AND merged_into IS NULL AND number NOT IN (SELECT n.value
        FROM forge_pages p CROSS JOIN json_each(p.numbers) n
        WHERE p.repository_id = ?1 AND p.phase = 'open' AND p.import_id = ?2)`,
    args: [repositoryId, row.id],
  })
  for (const { number } of rows) {
    const item = await context.forge.item(facts, Number(number), reading)
    if (item) await takeItems(run, [item])
    else await context.writer.run([closeItem(repositoryId, Number(number))])
  }
  if (rows.length) context.feeds.changed(`${facts.host}/${facts.owner}/${facts.name}`.toLowerCase())
}

async function importReactions(run: Run) {
  const { context, facts, repositoryId } = run
  const since = await turnOf(context, repositoryId)
  await readItems(run, context.forge.changedItems(facts, since), false, NIGHTLY)
}

/** Where tonight's turn begins, by the time of an item's last change; null for the beginning. */
async function turnOf({ db }: ImportContext, repositoryId: number): Promise<number | null> {
  const { rows } = await db.execute({
    sql: `SELECT (SELECT count(*) FROM items WHERE repository_id = ?1) AS items,
      (SELECT count(*) FROM imports WHERE repository_id = ?1 AND status = 'done'
        AND kind = 'nightly') AS nights`,
    args: [repositoryId],
  })
  const turns = Math.ceil(Number(rows[0]?.items) / NIGHTLY) || 1
  const before = (Number(rows[0]?.nights) % turns) * NIGHTLY
  if (before === 0) return null
  const { rows: next } = await db.execute({
    sql: `SELECT updated_at FROM items WHERE repository_id = ?
      ORDER BY updated_at LIMIT 1 OFFSET ?`,
    args: [repositoryId, before],
  })
  return Number(next[0]?.updated_at)
}

async function readItems(run: Run, first: string, isFirst: boolean, most = Infinity) {
  const { context, facts, reading } = run
  await readPages(run, first, {
    read: (address, etag) => context.forge.itemPage(facts, address, etag, reading),
    take: (items) => takeItems(run, items),
    total: isFirst ? () => newestNumber(run) : undefined,
    most,
  })
}

async function takeItems({ context, repositoryId }: Run, items: readonly ItemFacts[]) {
  if (items.length) await context.writer.takeItems(repositoryId, items)
}

/** When the last import that was finished saw the latest change. */
async function watermarkOf({ db }: ImportContext, repositoryId: number): Promise<number | null> {
  const { rows } = await db.execute({
    sql: `SELECT watermark FROM imports WHERE repository_id = ? AND status = 'done'
      ORDER BY id DESC LIMIT 1`,
    args: [repositoryId],
  })
  const watermark = rows[0]?.watermark
  return watermark === null || watermark === undefined ? null : Number(watermark)
}

async function newestNumber({ context, facts, reading }: Run): Promise<number | null> {
  const { forge } = context
  const page = await forge.itemPage(facts, forge.newestItem(facts), null, reading)
  return page?.facts[0]?.number ?? null
}

// Work.

async function importMerges(run: Run) {
  const { context, facts, reading, repositoryId } = run
  const before = await watermarkOf(context, repositoryId)
  const since = before === null ? workSince(context.now()) : before - MERGE_MARGIN
  await readPages(run, context.forge.merges(facts), {
    read: (address, etag) => context.forge.mergePage(facts, address, since, etag, reading),
    take: (work) => takeWork(run, work),
  })
}

async function takeWork({ context, repositoryId }: Run, work: readonly WorkFacts[]) {
  if (work.length) await context.writer.takeWork(repositoryId, work)
}

async function importCommits(run: Run) {
  const { context, facts, row, reading, repositoryId } = run
  const isFirst = (await watermarkOf(context, repositoryId)) === null
  const from =
    isFirst || row.kind === 'nightly'
      ? workSince(context.now())
      : (row.startedAt ?? context.now()) - COMMIT_MARGIN
  // The beginning of a day, so that the address, and with it the entity tag, lasts as long.
  const since = Math.floor(from / DAY) * DAY
  await readPages(run, context.forge.commits(facts, since), {
    read: (address, etag) => context.forge.commitPage(address, etag, reading),
    take: (work) => takeWork(run, work),
    // New commits come first: when nothing is new there, nothing is.
    endsUnchanged: true,
  })
}

// Pages.

/** In place of an address: all pages of the phase were read. */
const END = ''

interface Reader<Fact> {
  read(address: string, etag: string | null): Promise<Page<Fact> | undefined>
  take(facts: Fact[]): Promise<void>
  /** Asked for the number of entries when the list does not say. */
  total?: (() => Promise<number | null>) | undefined
  /** The list ends where it has not changed. */
  endsUnchanged?: boolean
  /** Once so many entries were read, that is enough. */
  most?: number
}

async function readPages<Fact extends ItemFacts | WorkFacts>(
  run: Run,
  first: string,
  { read, take, total: count, endsUnchanged = false, most = Infinity }: Reader<Fact>,
) {
  const { row, context, repositoryId, save } = run
  const phase = row.phase ?? ''
  for (let address = row.cursor?.next ?? first; address !== END;) {
    const known = await readPage(context.db, address)
    const page: Page<Fact> | undefined = await read(address, known?.etag ?? null)
    const now = page ? knownPage(page) : known
    if (!now) throw new Error('a page that was never read is said to be unchanged')
    if (page) await take(page.facts)
    const seen = new Set(row.cursor?.seen)
    const fresh = page && !now.numbers.length ? page.facts.length : now.numbers.length
    const done = row.done + fresh - now.numbers.filter((number) => seen.has(number)).length
    const isEnough = done >= most || (!page && endsUnchanged)
    const next = (isEnough ? null : now.next) ?? END
    const left = page?.left ?? (next === END ? 0 : null)
    const total =
      left === null
        ? (row.total ?? (await count?.()) ?? null)
        : Math.min(most, Math.max(done, row.done + left - seen.size))
    await save(
      {
        cursor: { next, seen: now.numbers },
        done,
        total,
        skipped: row.skipped + (page?.skipped ?? 0),
        ...(phase === 'items' && { watermark: later(row.watermark, now.latest) }),
      },
      [rememberPage(address, { repositoryId, phase, importId: row.id }, now)],
    )
    address = next
  }
}

const later = (a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : Math.max(a, b)

/** The end: only if the name that was read from has been this repository's all along. */
async function finish({ context, facts, row, repositoryId, reading, save }: Run) {
  const { owner, name } = facts
  const { facts: now } = await context.forge.repository({ owner, name }, reading)
  if (now.forgeId !== facts.forgeId) {
    await context.writer.nameRepository(now)
    throw new ForgeRefusal(
      'Another repository took the name while this one was imported. Import it again under its new name.',
    )
  }
  await context.writer.nameRepository(now)
  const finishedAt = context.now()
  const watermark = later(row.watermark, await watermarkOf(context, repositoryId))
  await save({ status: 'done', phase: null, cursor: null, finishedAt, watermark }, [
    forgetPages(repositoryId, row.id, STEPS[row.kind]),
    {
      sql: 'UPDATE repositories SET imported_at = ? WHERE id = ?',
      args: [finishedAt, repositoryId],
    },
  ])
}
