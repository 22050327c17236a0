import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { parseSubject, type SubjectId } from '#shared/subject'
import { scoreAfter } from '#shared/score'
import type { Vote } from '#shared/vote'
import { shelve, unseen } from '../seen-score.ts'
import { forgetScores, learnScores, learnShelf, scoreOf, troubleOf, vote } from './scores.ts'

const subject = parseSubject('github.com/o/r#45') as SubjectId // a well-formed id
const storageFull = {
  type: '/problems/storage',
  title: '',
  status: 507,
  detail: 'The disk is full.',
}

/** Listens as the background would; answers in the order in which the test says. */
function background() {
  const asked: { vote: Vote; answer(reply: unknown): void }[] = []
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(
    (message: unknown) =>
      new Promise((answer) => {
        asked.push({ vote: (message as { payload: Vote }).payload, answer })
      }),
  )
  return asked
}

beforeEach(() => {
  vi.restoreAllMocks()
  forgetScores()
})

describe('the scores of a page', () => {
  it('move at once, and take the word of the background', async () => {
    const asked = background()
    const done = vote(subject, 1)
    expect(scoreOf(subject).value).toMatchObject({ mine: 1, waiting: true })
    const kept = { ...unseen(), ...scoreAfter(unseen(), 1), votesKnown: true }
    asked[0]?.answer({ answer: kept })
    await done
    expect(scoreOf(subject).value).toEqual(kept)
  })

  it('come back when a vote cannot be kept, and say why', async () => {
    const asked = background()
    const done = vote(subject, 1)
    asked[0]?.answer({ problem: storageFull })
    await done
    expect(scoreOf(subject).value.mine).toBe(0)
    expect(troubleOf(subject)).toBe('The disk is full.')
  })

  it('show no vote that is nowhere when two in a row fail', async () => {
    const asked = background()
    const both = [vote(subject, 1), vote(subject, -1)]
    for (const { answer } of asked) answer({ problem: storageFull })
    await Promise.all(both)
    expect(scoreOf(subject).value).toMatchObject({ mine: 0, waiting: false })
  })

  it('fall back to the last vote that was kept', async () => {
    const asked = background()
    const both = [vote(subject, 1), vote(subject, -1)]
    const kept = { ...unseen(), ...scoreAfter(unseen(), 1) }
    asked[0]?.answer({ answer: kept })
    asked[1]?.answer({ problem: storageFull })
    await Promise.all(both)
    expect(scoreOf(subject).value).toEqual(kept)
  })

  it('do not flicker through what was told while a vote is on its way', async () => {
    const asked = background()
    const done = vote(subject, 1)
    learnScores({ [subject]: { ...unseen(), votesKnown: true } } as never)
    expect(scoreOf(subject).value.mine).toBe(1)
    asked[0]?.answer({ problem: storageFull })
    await done
    expect(scoreOf(subject).value).toMatchObject({ mine: 0, votesKnown: true })
  })

  it('are those of the shelf until something newer is told', () => {
    const shelved = { ...unseen(), others: { up: 3, down: 0 }, votesKnown: true }
    learnShelf('github.com/o/r', { '45': shelve(shelved) })
    expect(scoreOf(subject).value.others.up).toBe(3)
    learnScores({ [subject]: { ...unseen(), others: { up: 4, down: 0 } } } as never)
    learnShelf('github.com/o/r', { '45': shelve(shelved) })
    expect(scoreOf(subject).value.others.up).toBe(4)
  })
})
