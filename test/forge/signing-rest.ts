/** The large repository's API and signing in, as one GitHub over plain HTTP. */
import { type App, oauthOf } from './oauth/oauth.ts'
import { startRestForge, type RestForge } from './rest.ts'

export interface SigningForge extends RestForge {
  /** The app that is there. */
  app: App
  /** Somebody enters a code on the page for codes, and agrees. */
  enter(login: string, userCode: string): Promise<void>
}

export async function startSigningForge(size?: number): Promise<SigningForge> {
  let app: App | undefined
  const person: { signedIn: string | null } = { signedIn: null }
  const forge = await startRestForge({
    ...(size !== undefined && { size }),
    before: (world) => {
      const oauth = oauthOf(world, person)
      app = oauth.app
      return (request) => {
        const isPage = request.url.pathname.startsWith('/login/')
        const reply = oauth.answer({ ...request, host: isPage ? 'github.com' : 'api.github.com' })
        return reply === 'down' ? undefined : reply
      }
    },
  })
  if (!app) throw new Error('there is no app')
  return {
    ...forge,
    app,
    async enter(login, userCode) {
      person.signedIn = login
      await fetch(`${forge.url}/login/device`, {
        method: 'POST',
        body: new URLSearchParams({ user_code: userCode, authorize: '1' }),
      })
    },
  }
}
