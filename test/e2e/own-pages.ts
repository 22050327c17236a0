/** What tests ask of the extension through its own pages. */
import type { BrowserContext, Page } from '@playwright/test'
import type { Answer, OwnCalls, Status } from '../../extension/messages.ts'
import { workerOf } from './launch.ts'

/** One of the extension's own pages. */
export async function openOwnPage(
  context: BrowserContext,
  name: 'options' | 'popup',
): Promise<Page> {
  const worker = await workerOf(context)
  const page = await context.newPage()
  await page.goto(new URL(`/${name}.html`, worker.url()).href)
  return page
}

/** Asks the background as an own page does, from a page that is closed afterwards. */
export async function askBackground<K extends keyof OwnCalls>(
  context: BrowserContext,
  call: K,
  payload?: Parameters<OwnCalls[K]>[0],
): Promise<Answer<K>> {
  const page = await openOwnPage(context, 'popup')
  const reply = await page.evaluate(
    (message) =>
      (
        globalThis as unknown as { chrome: typeof import('wxt/browser').browser }
      ).chrome.runtime.sendMessage(message),
    { call, payload },
  )
  await page.close()
  if (reply && typeof reply === 'object' && 'answer' in reply) return reply.answer as Answer<K>
  throw new Error(`refused: ${JSON.stringify(reply)}`)
}

/** Sets the server and signs in there. */
export async function signIn(
  context: BrowserContext,
  address: string,
  login: string,
): Promise<Status> {
  await askBackground(context, 'setServer', { address })
  return askBackground(context, 'signIn', { way: 'local', login })
}

/** How many votes wait for a receipt. */
export async function waiting(context: BrowserContext): Promise<number> {
  return (await askBackground(context, 'readStatus')).outbox.waiting.length
}
