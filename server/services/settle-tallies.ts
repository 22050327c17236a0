import type { Context } from '../context.ts'

const DUE = "SELECT id FROM tallies WHERE status = 'open' AND settle_at <= ? ORDER BY settle_at"

/** Decides the open tallies that the clock may have decided by now, until the signal ends it. */
export async function settleTallies(
  { db, writer, now }: Pick<Context, 'db' | 'writer' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  const { rows } = await db.execute({ sql: DUE, args: [Math.floor(now() / 1000)] })
  for (const { id } of rows) {
    if (signal.aborted) return
    await writer.settleTally(Number(id))
  }
}
