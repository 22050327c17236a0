import { type About, CONTRACT } from '#shared/api/schema'
import type { Context } from '../context.ts'

/** What this server is and can do. Somebody who asks draws nothing that is not in here. */
export function about({ version, forges, auth }: Context): About {
  return {
    name: 'forgemoot',
    version,
    contract: CONTRACT,
    forges: [...forges],
    auth: [auth],
    orders: ['value', 'top', 'hot', 'rising', 'controversial'],
  }
}
