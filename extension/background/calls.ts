/** What pages may ask of the background: for each call the shape of its payload and who answers it. */
import type * as v from 'valibot'
import type { OwnCalls, PageCalls, Status } from '../messages.ts'
import { castBallot } from './cast-ballot.ts'
import { castVote } from './cast-vote.ts'
import type { Context } from './context.ts'
import { delegateVote } from './delegate-vote.ts'
import { askCode, giveUpCode, startCode } from './device-sign-in.ts'
import { endTally } from './end-tally.ts'
import { exportVotes } from './export-votes.ts'
import { importVotes } from './import-votes.ts'
import { openFeed } from './open-feed.ts'
import { openPanel } from './open-panel.ts'
import { openTally } from './open-tally.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { endSession, exportMe, forgetReader, readSessions, signOutEverywhere } from './own-data.ts'
import { changeNoise, changeSettings, readSettings } from './own-settings.ts'
import * as payloads from './payloads.ts'
import { readAttention } from './read-attention.ts'
import { readFeed } from './read-feed.ts'
import { readReasons } from './read-reasons.ts'
import { readScores, refreshShown } from './read-scores.ts'
import { readStatus } from './read-status.ts'
import { readTally } from './read-tally.ts'
import { readTallyStates } from './read-tally-states.ts'
import { keepUnfolded, readTalk, refreshTalk } from './read-talk.ts'
import { noteAgreed } from './note-agreed.ts'
import { isPaused, refreshAbout } from './refresh-about.ts'
import { reportSelfCheck } from './report-self-check.ts'
import { shelveScores, tellScores } from './seen-scores.ts'
import { setForgeToken } from './set-forge-token.ts'
import { setServer } from './set-server.ts'
import { signInLocally, signOut } from './sign-in.ts'
import { finishGrant, startGrant } from './sign-in-with-github.ts'

/** One call: the payloads that it lets through, and its answer to them. */
export interface Call<P, A> {
  payload: v.GenericSchema<unknown, P>
  /** `tab` is the browser's number of the tab that asks, if it is one. */
  answer: (payload: P, context: Context, tab?: number) => A | Promise<A>
}

type Signatures<C> = { [K in keyof C]: (...payload: never[]) => unknown }

/** The calls of an interface, each with its own types. */
export type Calls<C extends Signatures<C>> = {
  [K in keyof C]: Call<Parameters<C[K]>[0], ReturnType<C[K]>>
}

/** What content scripts may ask. */
export const pageCalls: Calls<PageCalls> = {
  castVote: {
    payload: payloads.Vote,
    answer: async (vote, context) => {
      const score = await castVote(context, vote)
      context.later(tellScores(context, [vote.subject]))
      context.later(context.tell('statusChanged', undefined))
      context.later(sendOutbox(context))
      return score
    },
  },
  readScores: {
    payload: payloads.Shown,
    answer: async (shown, context, tab) => {
      const answer = await readScores(context, shown)
      context.later(openPanel(context, shown, tab))
      context.later(shelveScores(context, shown.subjects))
      context.later(refreshShown(context, shown))
      return answer
    },
  },
  readTalk: {
    payload: payloads.Talk,
    answer: async ({ comments }, context) => {
      const answer = await readTalk(context, comments)
      context.later(refreshTalk(context, comments))
      return answer
    },
  },
  keepUnfolded: {
    payload: payloads.Subject,
    answer: ({ subject }, context) => keepUnfolded(context, subject),
  },
  readReasons: {
    payload: payloads.Subject,
    answer: ({ subject }, context) => readReasons(context, subject),
  },
  noteAgreed: {
    payload: payloads.Agreed,
    answer: async (seen, context) => {
      if (await noteAgreed(context, seen)) context.later(tellScores(context, [seen.subject]))
    },
  },
  chooseNoise: {
    payload: payloads.Noise,
    answer: (choice, context) => changeNoise(context, choice),
  },
  chooseOrder: {
    payload: payloads.Choice,
    answer: ({ list, order }, context) =>
      changeSettings(context, (before) => ({
        ...before,
        orders: { ...before.orders, [list]: order },
      })),
  },
  reportSelfCheck: {
    payload: payloads.SelfCheck,
    answer: async (check, context) => {
      await reportSelfCheck(context, check)
      await context.tell('statusChanged', undefined)
    },
  },
  openFeed: { payload: payloads.Nothing, answer: (_, __, tab) => openFeed(tab) },
  readFeed: { payload: payloads.Feed, answer: (feed, context) => readFeed(context, feed) },
  readTally: {
    payload: payloads.Pull,
    answer: ({ subject }, context) => readTally(context, subject),
  },
  readTallyStates: {
    payload: payloads.Pulls,
    answer: ({ subjects }, context) => readTallyStates(context, subjects),
  },
  openTally: {
    payload: payloads.Pull,
    answer: ({ subject }, context) => openTally(context, subject),
  },
  endTally: { payload: payloads.Cancel, answer: (asked, context) => endTally(context, asked) },
  castBallot: {
    payload: payloads.Ballot,
    answer: (ballot, context) => castBallot(context, ballot),
  },
  delegateVote: {
    payload: payloads.Delegation,
    answer: (delegation, context) => delegateVote(context, delegation),
  },
}

/** What only the extension's own pages may ask. */
export function ownCalls(openOptions: () => Promise<void>): Calls<OwnCalls> {
  return {
    openOptions: { payload: payloads.Nothing, answer: openOptions },
    readStatus: {
      payload: payloads.Nothing,
      answer: (_, context) => {
        context.later(lookAtServer(context))
        return readStatus(context)
      },
    },
    readAttention: { payload: payloads.Nothing, answer: (_, context) => readAttention(context) },
    setServer: {
      payload: payloads.Address,
      answer: async ({ address }, context) => {
        await setServer(context, address)
        return afterChange(context)
      },
    },
    signIn: {
      payload: payloads.SignIn,
      answer: async ({ login }, context) => {
        await signInLocally(context, login)
        return afterChange(context)
      },
    },
    signOut: plain(signOut),
    startGrant: {
      payload: payloads.Redirect,
      answer: ({ redirectUri }, context) => startGrant(context, redirectUri),
    },
    finishGrant: {
      payload: payloads.Back,
      answer: async ({ address }, context) => {
        await finishGrant(context, address)
        return afterChange(context)
      },
    },
    startCode: plain(startCode),
    askCode: plain(askCode),
    giveUpCode: plain(giveUpCode),
    readSessions: { payload: payloads.Nothing, answer: (_, context) => readSessions(context) },
    endSession: {
      payload: payloads.SessionId,
      answer: async ({ id }, context) => {
        await endSession(context, id)
        return readSessions(context)
      },
    },
    signOutEverywhere: plain(signOutEverywhere),
    exportMe: { payload: payloads.Nothing, answer: (_, context) => exportMe(context) },
    forgetMe: plain(forgetReader),
    setForgeToken: {
      payload: payloads.ForgeToken,
      answer: async ({ token }, context) => {
        await setForgeToken(context, token)
        return afterChange(context)
      },
    },
    sendOutbox: {
      payload: payloads.Nothing,
      answer: async (_, context) => {
        await sendOutboxNow(context)
        return readStatus(context)
      },
    },
    exportVotes: { payload: payloads.Nothing, answer: (_, context) => exportVotes(context) },
    importVotes: {
      payload: payloads.File,
      answer: async ({ text }, context) => {
        const { imported, skipped } = await importVotes(context, text)
        context.later(tellScores(context, imported))
        return { imported: imported.length, skipped, status: await afterChange(context) }
      },
    },
  }
}

/** A call that takes nothing, changes something, and answers with how things stand. */
function plain(work: (context: Context) => Promise<void>): Call<undefined, Status> {
  return {
    payload: payloads.Nothing,
    answer: async (_, context) => {
      await work(context)
      return afterChange(context)
    },
  }
}

/** Sends what may be sent now, and answers with how things stand. */
function afterChange(context: Context) {
  context.later(sendOutbox(context))
  context.later(context.tell('statusChanged', undefined))
  return readStatus(context)
}

/** Asks the server for itself when somebody looks at the status and it is not known. */
async function lookAtServer(context: Context): Promise<void> {
  const { server } = await readSettings(context)
  if (server === undefined || (await isPaused(context, server))) return
  if (await refreshAbout(context, server)) await context.tell('statusChanged', undefined)
}
