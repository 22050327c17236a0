import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { parseSubject, type SubjectId } from '#shared/subject'
import { shelve, shelfKey, unseen } from '../seen-score.ts'
import { SETTINGS_KEY } from '../settings.ts'
import { forgetScores, scoreOf } from '../state/scores.ts'
import { startKnowledge } from './knowledge.ts'

const subject = parseSubject('github.com/o/r#45') as SubjectId // a well-formed id
const rows = [{ subject }]
const orders = { issues: 'value' }

/** What the background was asked, and its answer to everything. */
function background(answer: unknown) {
  return vi
    .spyOn(fakeBrowser.runtime, 'sendMessage')
    .mockImplementation(async () => answer as never)
}

beforeEach(() => {
  vi.restoreAllMocks()
  fakeBrowser.reset()
  forgetScores()
})

describe('what a page knows', () => {
  it('is ready once settings and shelves have been read, again after the reader changed', async () => {
    const score = { ...unseen(), others: { up: 3, down: 0 }, votesKnown: true }
    await fakeBrowser.storage.local.set({
      [SETTINGS_KEY]: { orders },
      [shelfKey('github.com/o/r')]: { '45': shelve(score) },
    })
    const news = vi.fn<() => void>()
    const stop = new AbortController()
    const knowledge = startKnowledge(news, stop.signal)
    knowledge.prepare('github.com/o/r')
    expect(knowledge.isReady('issues', rows)).toBe(false)
    await vi.waitFor(() => expect(knowledge.isReady('issues', rows)).toBe(true))
    expect(scoreOf(subject).value.others.up).toBe(3)

    await fakeBrowser.storage.local.remove(shelfKey('github.com/o/r'))
    const told = { told: 'readerChanged', payload: undefined }
    await fakeBrowser.runtime.onMessage.trigger(told, {}, () => undefined)
    expect(scoreOf(subject).value.votesKnown).toBe(false)
    expect(knowledge.isReady('issues', rows)).toBe(false)
    await vi.waitFor(() => expect(knowledge.isReady('issues', rows)).toBe(true))
    stop.abort()
  })

  it('is asked for once a visit, together, and again when no answer came', async () => {
    vi.useFakeTimers()
    const asked = background(undefined)
    const stop = new AbortController()
    const knowledge = startKnowledge(() => undefined, stop.signal)
    // A page that changes all the time does not put the question off.
    for (let look = 0; look < 10; look++) {
      knowledge.want([subject], undefined, undefined)
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(asked.mock.calls.length).toBeGreaterThan(0)
    asked.mockClear()
    asked.mockImplementation(async () => ({ answer: { scores: {}, orders: [] } }) as never)
    knowledge.want([subject], undefined, undefined)
    await vi.advanceTimersByTimeAsync(200)
    knowledge.want([subject], undefined, undefined)
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toHaveBeenCalledTimes(1)
    vi.useRealTimers()
    stop.abort()
  })
})
