/** Signing in, and the sessions that come of it. */
import * as v from 'valibot'
import { count, LoginSchema, time } from './fields.ts'

export const SignInLocallySchema = v.strictObject({ login: LoginSchema })

/** What somebody came back with from GitHub's page. */
export const SignInWithGitHubSchema = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[\w.~-]{1,200}$/, 'not a code of GitHub’s')),
  verifier: v.pipe(v.string(), v.regex(/^[\w.~-]{43,128}$/, 'not a code verifier (RFC 7636)')),
  redirectUri: v.pipe(v.string(), v.maxLength(300), v.url('not an address')),
})

/** Which code's fate is asked for. */
export const AskDeviceSchema = v.strictObject({
  handle: v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'not a handle of ours')),
})

/** Where to send somebody who wants to sign in with GitHub. */
export const GitHubClientSchema = v.object({
  clientId: v.string(),
  authorizeUrl: v.pipe(v.string(), v.url()),
})

/** A code to enter on the forge's page. Times in milliseconds; `expiresAt` since the epoch. */
export const DeviceReplySchema = v.object({
  handle: v.string(),
  userCode: v.string(),
  verificationUri: v.pipe(v.string(), v.url()),
  expiresAt: time,
  /** How long to wait before asking, and between two questions. */
  interval: count,
})

/** The code was not entered yet; ask again in so many milliseconds. */
export const DevicePendingSchema = v.object({ interval: count })

export const PersonSchema = v.object({ login: v.string() })

export const SessionReplySchema = v.object({
  token: v.string(),
  person: v.object({
    ...PersonSchema.entries,
    /** Who it is at this server, whatever they are called; absent from older servers. */
    id: v.optional(count),
  }),
  /** When the session ends by itself, epoch milliseconds. */
  expiresAt: time,
})

export const SessionsReplySchema = v.object({
  sessions: v.array(
    v.object({
      id: count,
      createdAt: time,
      expiresAt: time,
      /** Whether it is the one that asks. */
      current: v.boolean(),
    }),
  ),
})

export type SessionReply = v.InferOutput<typeof SessionReplySchema>
export type SessionsReply = v.InferOutput<typeof SessionsReplySchema>
export type DeviceReply = v.InferOutput<typeof DeviceReplySchema>
