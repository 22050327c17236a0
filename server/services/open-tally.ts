import { Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Caller, Context } from '../context.ts'
import { accountOf } from './account-of.ts'
import type { Constitution } from '../constitution/constitution.ts'
import { type Elector, isDecided, readLatestTally, type TallyRow } from '../db/tallies/state.ts'
import { ForgeRefusal, ForgeSilence } from '../forges/forge.ts'
import type { PullFacts } from '../forges/forge-pulls.ts'
import { establishTally, readRules } from './establish-tally.ts'
import { findPull } from './find-pull.ts'
import { isAt } from './follow-pull.ts'

/** Times that others may open one meanwhile. */
const TRIES = 5

/** Opens a tally because somebody asks for it; the one that is there when it is open. Its id. */
export async function openTally(
  context: Context,
  caller: Caller,
  subject: SubjectId,
): Promise<number> {
  const found = await findPull(context.db, subject)
  const accountId = await accountOf(context, caller.personId)
  for (let tries = 0; tries < TRIES; tries++) {
    const last = await readLatestTally(context.db, found.repositoryId, found.number)
    if (last?.status === 'open') return last.id
    const opening = await told(async () => {
      const pull = await context.pulls.pull(found.facts, found.number)
      if (!pull || pull.isPrivate)
        throw new Problem('not-found', 'GitHub shows us no such pull request.')
      if (!pull.isOpen) {
        throw new Problem('tally-closed', 'The pull request is closed: there is nothing to decide.')
      }
      checkUndecided(last, pull)
      const rules = await readRules(context, found, pull.baseRef)
      const established = await establishTally(context, found, pull, rules, last)
      checkMayOpen(rules.constitution, established, accountId)
      return established
    })
    const opened = await context.writer.openTally({ ...opening, openedBy: accountId })
    if (opened) {
      context.tallies.wake()
      return opened.id
    }
  }
  throw new Problem('busy', 'Others opened votes on it at the same time. Try again in a moment.')
}

/** A decision about a head and a branch stands, unless it was to be merged and could not be. */
function checkUndecided(last: TallyRow | undefined, pull: PullFacts) {
  if (!last || !isAt(last, pull) || last.merge === 'lapsed') return
  if (!isDecided(last)) return
  throw new Problem(
    'tally-closed',
    `The vote on this commit is over: it ${last.status}. Another commit can be voted on again.`,
  )
}

function checkMayOpen(
  { open }: Constitution,
  { authorId, electors }: { authorId: number | null; electors: readonly Elector[] },
  accountId: number | null,
) {
  const elector = electors.find((each) => each.accountId === accountId)
  const isAuthor = accountId !== null && accountId === authorId
  const may =
    elector?.isMaintainer ||
    (open === 'author' && isAuthor) ||
    ((open === 'contributors' || open === 'automatic') && (isAuthor || elector?.isMember))
  if (may) return
  const who = {
    automatic: 'its author and contributors',
    author: 'its author and maintainers',
    contributors: 'its author and contributors',
    maintainers: 'maintainers',
  }[open]
  throw new Problem('forbidden', `By the rules of this repository, ${who} can open the vote.`)
}

/** Runs what asks the forge; says its refusal or silence to the person who waits. */
async function told<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ForgeRefusal || error instanceof ForgeSilence) {
      throw new Problem('forge-failed', `${error.message} Try again in a moment.`)
    }
    throw error
  }
}
