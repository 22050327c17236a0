import type { Limits } from './api/limits.ts'
import { accountOf } from './oauth/account-of.ts'
import type { Oauth, OauthSettings } from './oauth/oauth.ts'
import type { ApiSettings, ForgeDelays, ForgeSettings } from './settings.ts'
import { stamp } from './world/stamp.ts'
import {
  type Comment,
  noReactions,
  now,
  type Reactions,
  type Subject,
  type World,
} from './world/world.ts'

/** A request to the API, as it was answered. */
export interface ForgeRequest {
  method: string
  host: string
  /** With its query. */
  path: string
  headers: Record<string, string>
  /** 0 when the connection was cut. */
  status: number
}

/** What a test may change while the forge runs. Pages show it from their next load. */
export interface ForgeControl {
  /** Sets faults of the API; what is not named stays. `left` and `reset` override the counters. */
  api(faults: Partial<ApiSettings>): void
  delays(delays: Partial<ForgeDelays>): void
  /** Who is signed in on the pages; null signs out. */
  signIn(login: string | null): void
  /** The form of repository pull request lists. */
  pullList(form: 'rails' | 'react'): void
  /** How many rows a page of a repository's list has. */
  rows(count: number): void
  /** Another deploy: every hash in a class name changes. */
  release(name: string): void
  /** Sets reactions of a subject (`moot/garden#12`) or of a comment (`moot/garden#12:3100001200`). */
  react(subject: string, reactions: Partial<Reactions>): void
  /** The living subject (`moot/garden#12`); changes to it are seen by pages and API. */
  subject(id: string): Subject
  /** Somebody writes a comment; its id. */
  say(subject: string, login: string, body: string): number
  /** Edits or hides a comment (`moot/garden#12`, its id), or makes its markup this; null deletes it. */
  comment(
    subject: string,
    id: number,
    change: Pick<Partial<Comment>, 'body' | 'minimized' | 'html'> | null,
  ): void
  /** Faults and clock of signing in; what is not named stays. */
  oauth(settings: Partial<OauthSettings>): void
  /** Somebody takes another login, and stays who they are. */
  renamePerson(login: string, to: string): void
  /** A new account takes a login that nobody has any more. */
  newPerson(login: string, type?: 'Bot' | 'Organization'): void
  /** Forgets the requests seen. */
  resetRequests(): void
  /** Gives every caller a fresh limit. */
  resetLimits(): void
}

export function controlOf(
  world: World,
  settings: ForgeSettings,
  limits: Limits,
  requests: ForgeRequest[],
  oauth: Oauth,
): ForgeControl {
  const subject = (id: string) => {
    const [name = '', number] = id.split(/[#:]/)
    const found = world.repositories.get(name)?.subjects.get(Number(number))
    if (!found) throw new Error(`no subject ${id}`)
    return found
  }
  let said = 0
  return {
    api: (faults) => void Object.assign(settings.api, faults),
    delays: (delays) => void Object.assign(settings.delays, delays),
    signIn: (login) => void (settings.signedIn = login),
    pullList: (form) => void (settings.pullList = form),
    rows: (count) => void (settings.rows = count),
    release: (name) => void (settings.release = name),
    react: (id, reactions) => {
      const owner = subject(id)
      const comment = id.split(':')[1]
      const talk = [...owner.comments, ...owner.reviews.flatMap(({ lines }) => lines)]
      const target = comment ? talk.find((each) => each.id === Number(comment)) : owner
      if (!target) throw new Error(`no comment ${id}`)
      Object.assign(target.reactions, reactions)
    },
    subject,
    say: (id, login, body) => {
      const { comments } = subject(id)
      const written = 3_390_000_000 + said++
      const author = accountOf(world, login)
      const createdAt = stamp(now.getTime() + said * 1000)
      comments.push({ id: written, author, body, createdAt, reactions: { ...noReactions } })
      return written
    },
    comment: (id, number, change) => {
      const { comments } = subject(id)
      const at = comments.findIndex((each) => each.id === number)
      const found = comments[at]
      if (!found) throw new Error(`no comment ${number}`)
      if (change) Object.assign(found, change)
      else comments.splice(at, 1)
    },
    oauth: (changes) => void Object.assign(oauth.settings, changes),
    renamePerson: (login, to) => {
      accountOf(world, login).login = to
      if (settings.signedIn === login) settings.signedIn = to
    },
    newPerson: (login, type) => {
      if (world.accounts.some((account) => account.login === login))
        throw new Error(`${login} is taken`)
      const { id } = accountOf(world, login)
      if (type) oauth.types.set(id, type)
    },
    resetRequests: () => void requests.splice(0),
    resetLimits: () => limits.clear(),
  }
}
