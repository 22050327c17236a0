/** Somebody who votes, for tests of the outbox. */
import { parseSubject, type SubjectId } from '#shared/subject'
import type { Value, Vote } from '#shared/vote'
import { fakeContext } from './fake-context.ts'
import type { FakeServer } from './fake-server.ts'
import { readStatus } from './read-status.ts'
import { signInLocally } from './sign-in.ts'

export const subject = (n: number) => parseSubject(`github.com/o/r#${n}`) as SubjectId
export const one = subject(1)

export function vote(on: SubjectId, value: Value, castAt = Date.UTC(2026, 8, 1)): Vote {
  return { id: crypto.randomUUID(), subject: on, value, castAt }
}

export async function signedIn(server: FakeServer, login = 'ann') {
  const context = fakeContext(server.fetch)
  await signInLocally(context, login)
  return context
}

export const reasons = async (context: Parameters<typeof readStatus>[0]) =>
  (await readStatus(context)).outbox.waiting.map(({ why }) => why)
