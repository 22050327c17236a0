import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { browserContext } from './browser-context.ts'

afterEach(() => fakeBrowser.reset())

test.each([
  ['scoresChanged', {}, 'tabs'],
  ['readerChanged', undefined, 'tabs'],
  ['statusChanged', undefined, 'own pages'],
] as const)('%s goes where it is listened for', async (name, told, listeners) => {
  const tabs = vi.fn<() => Promise<unknown>>(async () => undefined)
  const ownPages = vi.fn<() => Promise<unknown>>(async () => undefined)
  Object.assign(browser.tabs, { query: async () => [{ id: 7 }], sendMessage: tabs })
  Object.assign(browser.runtime, { sendMessage: ownPages })
  await browserContext(['https://github.com/*'], () => undefined).tell(name, told)
  const [called, silent] = listeners === 'tabs' ? [tabs, ownPages] : [ownPages, tabs]
  expect(called).toHaveBeenCalledTimes(1)
  expect(silent).not.toHaveBeenCalled()
})
