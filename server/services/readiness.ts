import type { Context } from '../context.ts'

/** Which parts answer right now. */
export interface Readiness {
  database: boolean
  writer: boolean
}

/** Asks the database for its tables, and the writer for a transaction that really takes the write lock. */
export async function readiness({ db, writer }: Context, patience = 5000): Promise<Readiness> {
  const [database, written] = await Promise.all([
    answers(db.execute('SELECT 1 FROM log LIMIT 1'), patience),
    answers(writer.run([{ sql: 'SELECT 1 FROM log LIMIT 1', args: [] }]), patience),
  ])
  return { database, writer: written }
}

async function answers(call: Promise<unknown>, patience: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  const answered = call.then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
