import { render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { CallMessage, Status } from '../../messages.ts'
import { ServerSection } from './server-section.tsx'

const status: Status = {
  server: { address: undefined, about: undefined, problem: undefined },
  person: undefined,
  code: undefined,
  outbox: { waiting: [], nextTryAt: undefined },
  forge: { hasToken: false, limits: { core: undefined, search: undefined }, problem: undefined },
  selfChecks: [],
  lastMiss: undefined,
  counts: { votes: 0, scores: 0 },
}

afterEach(() => fakeBrowser.reset())

/** The section with a background that keeps whatever address it is given. */
function show(permitted: boolean, gecko?: object) {
  const calls: CallMessage[] = []
  fakeBrowser.runtime.onMessage.addListener((message, _, answer: (reply: unknown) => void) => {
    calls.push(message as CallMessage)
    answer({ answer: status })
    return true
  })
  const request = vi.fn<() => Promise<boolean>>(async () => permitted)
  Object.assign(browser.permissions, { request })
  const manifest = gecko ? { browser_specific_settings: { gecko } } : {}
  Object.assign(browser.runtime, { getManifest: () => manifest })
  const place = document.createElement('div')
  document.body.replaceChildren(place)
  render(<ServerSection status={status} />, place)
  return { calls, request, place }
}

async function save(place: HTMLElement, address: string): Promise<void> {
  const input = place.querySelector('input') as HTMLInputElement // drawn by the section
  input.value = address
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await vi.waitFor(() => expect(place.querySelector('input')?.value).toBe(address))
  await new Promise((resolve) => setTimeout(resolve, 5))
  place
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
}

const said = (place: HTMLElement) => place.querySelector('[role=status]')?.textContent

test('an address elsewhere is saved after the reader has permitted its host', async () => {
  const { calls, request, place } = show(true)
  await save(place, 'moot.example:8443')
  await vi.waitFor(() => expect(said(place)).toBe('Saved.'))
  expect(request).toHaveBeenCalledWith({ origins: ['https://moot.example/*'] })
  expect(calls).toEqual([{ call: 'setServer', payload: { address: 'moot.example:8443' } }])
})

test('when the reader refuses, nothing is changed, and it says so', async () => {
  const { calls, place } = show(false)
  await save(place, 'https://moot.example')
  await vi.waitFor(() => expect(said(place)).toMatch(/^Nothing was changed/))
  expect(calls).toEqual([])
})

test('a browser that asks for consent to what is sent is asked in the same breath', async () => {
  const gecko = { data_collection_permissions: { required: ['browsingActivity'] } }
  const { request, place } = show(true, gecko)
  await save(place, 'moot.example')
  await vi.waitFor(() => expect(said(place)).toBe('Saved.'))
  expect(request).toHaveBeenCalledWith({
    origins: ['https://moot.example/*'],
    data_collection: ['authenticationInfo', 'websiteActivity'],
  })
})

test('this machine needs no permission', async () => {
  const { request, place } = show(false)
  await save(place, '127.0.0.1:8787')
  await vi.waitFor(() => expect(said(place)).toBe('Saved.'))
  expect(request).not.toHaveBeenCalled()
})

test('an address that is none is refused before anything is asked', async () => {
  const { calls, request, place } = show(true)
  await save(place, 'http://moot.example')
  await vi.waitFor(() => expect(said(place)).toMatch(/unencrypted/))
  expect(request).not.toHaveBeenCalled()
  expect(calls).toEqual([])
})
