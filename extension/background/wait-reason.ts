import type { Backoff, Identity, OutboxRow } from './store.ts'
import type { Reader } from './seen-score-of.ts'

/** Why a vote has not been sent, for its caster to read. */
export function waitReason(
  row: Pick<OutboxRow, 'person' | 'refused'>,
  reader: Reader,
  state: { backoff: Backoff | undefined; ended: string | undefined },
): string {
  if (row.refused !== undefined) return `Refused: ${row.refused}`
  if (reader.server === undefined) return 'No server is set. It is counted in this browser only.'
  if (row.person && !isReader(row.person, reader)) return elsewhere(row.person, reader)
  if (reader.login === undefined) return state.ended ?? 'Sign in to send it.'
  return state.backoff?.why ?? 'On its way.'
}

function isReader({ server, login }: Identity, reader: Reader): boolean {
  return server === reader.server && (reader.login === undefined || login === reader.login)
}

function elsewhere({ server, login }: Identity, reader: Reader): string {
  const where = server === reader.server ? '' : ` at ${server}`
  return `It was cast as ${login}${where}. Sign in as ${login}${where} to send it.`
}
