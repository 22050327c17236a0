import { Problem } from '#shared/problem'
import type { Context } from './context.ts'
import { writeFact } from './store.ts'

/** Keeps the reader's token for the forge's API, or forgets it. What was known of limits was another's. */
export async function setForgeToken({ store }: Context, text: string | undefined): Promise<void> {
  const token = text?.trim()
  if (token && !/^\w{20,300}$/.test(token))
    throw new Problem(
      'invalid',
      'This does not look like a GitHub token. It begins with ghp_ or github_pat_.',
    )
  await store.transaction('rw', store.facts, store.requests, async () => {
    await writeFact(store, 'forgeToken', token ? { token, refused: false } : undefined)
    await writeFact(store, 'limits', undefined)
    await writeFact(store, 'forgeProblem', undefined)
    // What visitors were refused, the token may be shown.
    await store.requests.clear()
  })
}
