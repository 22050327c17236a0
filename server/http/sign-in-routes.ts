/** Signing in and out. */
import { AskDeviceSchema, SignInLocallySchema, SignInWithGitHubSchema } from '#shared/api/sign-in'
import { callerNeeded, tokenNeeded } from './authorization.ts'
import type { Context } from '../context.ts'
import { json, noContent } from './replies.ts'
import type { Route } from './route.ts'
import { askDevice, startDevice } from '../services/device-sign-in.ts'
import { signInLocally } from '../services/sign-in-locally.ts'
import { signInWithGitHub } from '../services/sign-in-with-github.ts'
import { signOut } from '../services/sign-out.ts'
import { clientNeeded } from '../sign-in.ts'
import { shaped, takeJson } from './take.ts'

export function signInRoutes(context: Context): Route[] {
  return [
    {
      method: 'POST',
      path: '/auth/local',
      async answer(call) {
        const { login } = shaped(SignInLocallySchema, await takeJson(call))
        return json(call, await signInLocally(context, login))
      },
    },
    {
      method: 'GET',
      path: '/auth/github',
      answer(call) {
        const { id } = clientNeeded(context)
        return json(call, { clientId: id, authorizeUrl: context.signIn.forge.authorizeUrl })
      },
    },
    {
      method: 'POST',
      path: '/auth/github',
      async answer(call) {
        const grant = shaped(SignInWithGitHubSchema, await takeJson(call))
        return json(call, await signInWithGitHub(context, grant))
      },
    },
    {
      method: 'POST',
      path: '/auth/github/device',
      answer: async (call) => json(call, await startDevice(context)),
    },
    {
      method: 'POST',
      path: '/auth/github/device/token',
      async answer(call) {
        const { handle } = shaped(AskDeviceSchema, await takeJson(call))
        const answer = await askDevice(context, handle)
        return json(call, answer, 'token' in answer ? 200 : 202)
      },
    },
    {
      method: 'GET',
      path: '/auth/session',
      async answer(call) {
        const { login } = await callerNeeded(call, context)
        return json(call, { person: { login } })
      },
    },
    {
      method: 'DELETE',
      path: '/auth/session',
      async answer(call) {
        await signOut(context, tokenNeeded(call))
        return noContent(call)
      },
    },
  ]
}
