import { jsonReply, type Reply } from '../reply.ts'
import { hashOf } from '../world/random.ts'
import type { SiteContext } from './page-reply.ts'
import { secondaryOf } from './row-view.ts'

/** What lists ask in their second query: `ids` are `owner/name#number`, joined by commas. */
export function secondaryReply({ world, url }: SiteContext): Reply {
  const found = (url.searchParams.get('ids') ?? '').split(',').flatMap((id) => {
    const [name = '', number] = id.split('#')
    const subject = world.repositories.get(name)?.subjects.get(Number(number))
    return subject ? [[id, secondaryOf(subject)] as const] : []
  })
  return jsonReply(Object.fromEntries(found))
}

/** A disc in a colour of its own for each login. */
export function avatarReply(login: string): Reply {
  const hue = hashOf(login) % 360
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="hsl(${hue} 55% 55%)"/><circle cx="5" cy="4" r="2" fill="#fff"/><path d="M1 10a4 4 0 0 1 8 0Z" fill="#fff"/></svg>`
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' },
    body,
  }
}
