import type { VoteResult, VotesReply } from '#shared/api/votes'
import { problemTypeOf } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Context } from './context.ts'
import { storedScore } from './refresh-scores.ts'
import type { Identity, OutboxRow, Store } from './store.ts'

export type Answered = VotesReply

interface Settling {
  store: Store
  person: Identity
  /** When the answer arrived, epoch milliseconds. */
  at: number
  /** The server's clock, where it can be read. */
  date: number | undefined
}

/**
 * Takes the server's word on rows that were sent, all in one transaction: what has a receipt leaves,
 * what was refused stays and says why. Returns the subjects of the rows that the server spoke of.
 */
export function settleRows(
  { store, now }: Context,
  person: Identity,
  rows: readonly OutboxRow[],
  { results }: Answered,
  date: number | undefined,
): Promise<SubjectId[]> {
  const byId = new Map(results.map((result) => [result.id.toLowerCase(), result]))
  const settling = { store, person, at: now(), date }
  return store.transaction('rw', store.outbox, store.votes, store.scores, async () => {
    const settled: SubjectId[] = []
    for (const row of rows) {
      const result = byId.get(row.id)
      if (result && (await settleRow(settling, row, result))) settled.push(row.subject)
    }
    return settled
  })
}

/** False when the result cannot be believed: a vote without a receipt is not kept by anybody. */
async function settleRow(settling: Settling, row: OutboxRow, result: VoteResult): Promise<boolean> {
  if (result.status === 'rejected') {
    await refuseRow(settling, row, result)
    return true
  }
  if (result.receipt === null) return false
  await deliverRow(settling, row, result, result.receipt)
  return true
}

async function deliverRow(
  { store, person, at }: Settling,
  row: OutboxRow,
  { score }: VoteResult,
  receipt: number,
): Promise<void> {
  const { subject } = row
  await store.outbox.delete(row.seq)
  // What was refused before is superseded: sent later, it would overturn this vote.
  await store.outbox
    .where('subject')
    .equals(subject)
    .filter(
      ({ seq, person: by }) =>
        seq < row.seq && by?.server === person.server && by.login === person.login,
    )
    .delete()
  const standing = await store.votes.get(subject)
  if (standing?.id === row.id) {
    const delivered = { ...person, receipt, voter: score?.voter ?? 'other' }
    await store.votes.put({ ...standing, person, delivered })
  }
  if (score) await store.scores.put(storedScore(subject, score, { ...person, at }))
}

async function refuseRow(
  { store, at, date }: Settling,
  row: OutboxRow,
  { error }: VoteResult,
): Promise<void> {
  const isFuture = problemTypeOf(error ?? {}) === 'from-the-future'
  // The clock of this computer is wrong, or was: the server's is as good as any.
  const castAt = Math.min(row.castAt, date ?? at)
  if (isFuture && !row.clamped && castAt < row.castAt) {
    await setBack(store, row, castAt)
    await store.outbox.update(row.seq, { clamped: true })
  } else
    await store.outbox.update(row.seq, {
      refused: isFuture
        ? 'This computer’s clock is ahead of the server’s. Set it right, then send again.'
        : (error?.detail ?? 'The server refused it and did not say why.'),
    })
}

/** Dates a vote earlier wherever it is kept, since an id stands for one content. Inside a transaction. */
export async function setBack(store: Store, { seq, id }: OutboxRow, castAt: number): Promise<void> {
  await store.outbox.update(seq, { castAt })
  await store.votes.where('id').equals(id).modify({ castAt })
}
