import { type About, CONTRACT } from '#shared/api/about'
import type { Context } from '../context.ts'
import { waysOf } from '../sign-in.ts'

/** What this server is and can do. Somebody who asks draws nothing that is not in here. */
export function about(context: Context): About {
  const { version, forges } = context
  return {
    name: 'forgemoot',
    version,
    contract: CONTRACT,
    forges: [...forges],
    auth: waysOf(context),
    orders: ['value', 'top', 'hot', 'rising', 'controversial'],
    feeds: true,
    tallies: true,
    reasons: true,
  }
}
