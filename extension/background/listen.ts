import browser from 'webextension-polyfill'
import { answer } from './answer.ts'
import { browserContext, OUTBOX_ALARM } from './browser-context.ts'
import { ownCalls, pageCalls } from './calls.ts'
import { FORGES } from './forges.ts'
import { forgetBackoff, sendOutbox } from './outbox.ts'
import { prune } from './prune.ts'
import { reachOpenPages } from './reach-open-pages.ts'
import { withdrawConsent } from './withdraw-consent.ts'

const FORGE_ORIGINS = FORGES.map((host) => `https://${host}`)

/**
 * Listens to everything that may wake the background. Must be called in the worker's first turn: events
 * that come before are lost.
 */
export function listen(): void {
  const send = () => context.later(sendOutbox(context))
  const context = browserContext(
    FORGE_ORIGINS.map((origin) => `${origin}/*`),
    send,
  )
  const desk = {
    id: browser.runtime.id,
    home: browser.runtime.getURL(''),
    forges: FORGE_ORIGINS,
    pageCalls,
    ownCalls: ownCalls(() => browser.runtime.openOptionsPage()),
  }
  browser.runtime.onMessage.addListener((message: unknown, sender: browser.Runtime.MessageSender) =>
    answer(desk, context, message, sender),
  )
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === OUTBOX_ALARM) send()
  })
  browser.runtime.onInstalled.addListener(() => {
    context.later(reachOpenPages())
    context.later(prune(context))
    send()
  })
  browser.runtime.onStartup.addListener(() => {
    context.later(prune(context))
    send()
  })
  browser.permissions.onRemoved.addListener(({ data_collection: consents = [] }) =>
    context.later(withdrawConsent(context, consents)),
  )
  self.addEventListener('online', () => {
    context.later(forgetBackoff(context.store).then(send))
  })
}
