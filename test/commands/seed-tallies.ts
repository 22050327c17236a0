/** Votes on merging in the demo: one that needs one more to pass, one that a maintainer holds up. */
import type { ImportReply } from '#shared/api/imports'
import type { TallyReply } from '#shared/api/tallies'
import { post } from './post.ts'
import { uuidOf } from './uuid-of.ts'

const REPO = 'github.com/moot/garden'

type Say = [login: string, choice: 'for' | 'against' | 'abstain', reason: string]

const VOTES: Record<number, Say[]> = {
  1868: [
    ['umberroot', 'for', 'The name says what it does.'],
    ['gladewalker', 'for', ''],
    ['nasturtium', 'abstain', 'I do not know this part.'],
    ['cloverpike', 'for', ''],
    ['vetchling', 'for', ''],
  ],
  1839: [
    ['umberroot', 'for', ''],
    [
      'alderfoot',
      'against',
      'The old name is in the docs of three plugins; keep it for a release.',
    ],
  ],
}

/**
 * Opens the demo's votes and casts what its people say, once the repository has been imported. Doing it again
 * changes nothing.
 */
export async function seedTallies(address: string): Promise<void> {
  const { token } = await post<{ token: string }>(`${address}/auth/local`, { login: 'umberroot' })
  await imported(address, token)
  for (const [number, said] of Object.entries(VOTES)) {
    const subject = `${REPO}#${number}`
    const tally = await post<TallyReply>(`${address}/v1/tallies`, { subject }, token).catch(
      () => undefined, // decided in an earlier run
    )
    if (tally?.ballots.length !== 0) continue
    for (const [login, choice, reason] of said) {
      const voter = await post<{ token: string }>(`${address}/auth/local`, { login })
      const id = uuidOf(`${login} ${tally.head}`)
      const ballot = { id, subject, head: tally.head, choice, reason }
      await post(`${address}/v1/ballots`, ballot, voter.token)
    }
  }
}

async function imported(address: string, token: string): Promise<void> {
  const { id } = await post<ImportReply>(`${address}/v1/imports`, { repo: REPO }, token)
  for (;;) {
    const response = await fetch(`${address}/v1/imports/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { status } = (await response.json()) as ImportReply
    if (status === 'done' || status === 'failed') return
    await new Promise((done) => setTimeout(done, 200))
  }
}
