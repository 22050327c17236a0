import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { SETTINGS_KEY } from '../settings.ts'
import { fakeContext } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { readStatus } from './read-status.ts'
import { setForgeToken } from './set-forge-token.ts'
import { withdrawConsent } from './withdraw-consent.ts'

async function after(consents: string[], server: string) {
  const context = fakeContext(fakeServer().fetch)
  context.shelf.set(SETTINGS_KEY, { server })
  await setForgeToken(context, 'ghp_0123456789abcdefghij')
  await withdrawConsent(context, consents)
  const { server: now, forge } = await readStatus(context)
  return { server: now.address, hasToken: forge.hasToken }
}

const FAR = 'https://moot.example'
const NEAR = 'http://127.0.0.1:8787'

test.each([
  [[], FAR, { server: FAR, hasToken: true }],
  [['websiteActivity'], FAR, { server: undefined, hasToken: true }],
  [['authenticationInfo'], FAR, { server: undefined, hasToken: false }],
  [['websiteActivity'], NEAR, { server: NEAR, hasToken: true }],
])('consent to %j taken back with the server %s', async (consents, server, left) => {
  expect(await after(consents, server)).toEqual(left)
})
