import type { SubjectId } from '#shared/subject'
import { reasonsAfter, type SeenReasons, unsaid } from '../seen-reasons.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { isPaused, knownAbout } from './refresh-about.ts'
import { canBeOf } from './seen-score-of.ts'
import { seenScores } from './seen-scores.ts'
import { askReasons } from './server.ts'
import { readerOf } from './session.ts'

/** Whether a vote down may say why: not to a server that would not take it. */
export async function takesReasons(context: Context): Promise<boolean> {
  const { server } = await readerOf(context)
  const about = await knownAbout(context, server)
  // What no server has heard yet may go to one that counts it.
  return about === undefined || about.reasons === true
}

/** Why people are against a subject, and why the reader is. Nothing is kept: it is asked when somebody looks. */
export async function readReasons(context: Context, subject: SubjectId): Promise<SeenReasons> {
  const told = await askedReasons(context, subject)
  const standing = await context.store.votes.get(subject)
  const own = standing && canBeOf(standing.person, await readerOf(context)) ? standing : undefined
  const seen = told?.seen ?? unsaid()
  if (!own) return seen
  // What arrived is counted, and may have been followed by a vote from elsewhere.
  if (own.delivered) return told?.isOfReader ? seen : { ...seen, mine: own.reason }
  const score = (await seenScores(context, [subject]))[subject]
  return reasonsAfter(seen, score?.voter ?? 'other', own.reason)
}

/** What the server counted; undefined where there is none that does, or no answer. */
async function askedReasons(context: Context, subject: SubjectId) {
  const { server } = await readerOf(context)
  if (server === undefined || !(await knownAbout(context, server))?.reasons) return undefined
  if (await isPaused(context, server)) return undefined
  try {
    const reply = await askServer(context, NO_SERVER, (at) => askReasons(at, subject))
    const { contributors, others, mine } = reply.value
    const seen: SeenReasons = { contributors, others, mine: mine ?? undefined }
    return { seen, isOfReader: reply.session !== undefined }
  } catch {
    // Nothing is said of others then.
    return undefined
  }
}
