import { createHash } from 'node:crypto'
import { post } from './post.ts'
import { uuidOf } from './uuid-of.ts'

/** People of the demo, and how each of them judges. */
const PEOPLE = [
  'ada',
  'grace',
  'linus',
  'margaret',
  'ken',
  'barbara',
  'edsger',
  'radia',
  'guido',
  'frances',
]

const SUBJECTS = { first: 1700, last: 1899 }

/**
 * Lets the demo's people vote on the demo's newer subjects. What a person says depends on nothing but
 * their name and the subject, ids included, so doing it again changes nothing.
 */
export async function seedVotes(address: string): Promise<void> {
  for (const login of PEOPLE) {
    const { token } = await post<{ token: string }>(`${address}/auth/local`, { login })
    const votes = []
    for (let number = SUBJECTS.first; number <= SUBJECTS.last; number++) {
      const value = judge(login, number)
      const subject = `github.com/moot/garden#${number}`
      const castAt = Date.UTC(2026, 9, 1) + (digest(`${number} ${login} when`) % 45) * 86_400_000
      if (value) votes.push({ id: uuidOf(`${login} ${subject}`), subject, value, castAt })
    }
    for (let at = 0; at < votes.length; at += 100) {
      await post(`${address}/v1/votes`, { votes: votes.slice(at, at + 100) }, token)
    }
  }
}

/** Has the server read the demo's repository from the demo's forge; it takes some seconds more. */
export async function importGarden(address: string): Promise<void> {
  const { token } = await post<{ token: string }>(`${address}/auth/local`, { login: 'ada' })
  await post(`${address}/v1/imports`, { repo: 'github.com/moot/garden' }, token)
}

/** Subjects differ in worth and people in taste; most say nothing about most. */
function judge(login: string, number: number): 1 | -1 | 0 {
  const worth = digest(`worth of ${number}`) % 100
  if (digest(`${login} looks at ${number}`) % 100 > 15 + worth / 2) return 0
  return digest(`${login} on ${number}`) % 100 < worth ? 1 : -1
}

const digest = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0)
