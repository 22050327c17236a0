import { expect, test } from 'vitest'
import type { ScoresReply } from '#shared/api/scores'
import { scoreAnswers } from './score-answers.ts'
import { aVote } from '../testing.ts'
import { sharedServer } from '../testing-server.ts'

const { server } = sharedServer()

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

test('an answer is told until anything in its repository changes', () => {
  const answers = scoreAnswers(1000)
  answers.set('one', 'h/o/one', bytesOf('1'))
  answers.set('two', 'h/o/two', bytesOf('2'))
  answers.changed('h/o/one')
  expect([textOf(answers.get('one')), textOf(answers.get('two'))]).toEqual([undefined, '2'])
  answers.set('one', 'h/o/one', bytesOf('1 again'))
  expect(textOf(answers.get('one'))).toBe('1 again')
})

test('what becomes of the memory that an answer was written in does not matter', () => {
  const answers = scoreAnswers(1000)
  const room = Buffer.from('answer')
  answers.set('asked', 'h/o/r', room)
  room.fill(0)
  expect(textOf(answers.get('asked'))).toBe('answer')
})

test('no more is remembered than there is room for', () => {
  const answers = scoreAnswers(1000)
  for (let i = 0; i < 100; i++) answers.set(`${i}`, 'h/o/r', new Uint8Array(98))
  const kept = Array.from({ length: 100 }, (_, i) => answers.get(`${i}`)).filter(Boolean)
  expect(kept.length).toBeGreaterThanOrEqual(10)
  expect(kept.length).toBeLessThanOrEqual(20)
})

test('of a repository that changes nothing is kept, however many lists were asked for', () => {
  const answers = scoreAnswers(1000)
  for (let i = 0; i < 100; i++) {
    answers.set(`${i}`, 'h/o/lively', new Uint8Array(98))
    answers.changed('h/o/lively')
    if (i === 0) answers.set('calm', 'h/o/calm', new Uint8Array(98))
  }
  // There was room for it all along: what is gone takes none.
  expect(answers.get('calm')).toBeDefined()
  expect(answers.get('99')).toBeUndefined()
})

test('an answer that is used stays when others push in, and still goes with its repository', () => {
  const answers = scoreAnswers(1000)
  answers.set('used', 'h/o/used', new Uint8Array(96))
  for (let i = 0; i < 100; i++) {
    answers.set(`${i}`, 'h/o/r', new Uint8Array(98))
    expect(answers.get('used')).toBeDefined()
  }
  answers.changed('h/o/used')
  expect(answers.get('used')).toBeUndefined()
})

test('two long requests that differ in their middle alone are told apart', () => {
  const answers = scoreAnswers(10_000)
  const request = (middle: string) => `${'a'.repeat(200)}${middle}${'z'.repeat(200)}`
  answers.set(request('1'), 'h/o/r', bytesOf('1'))
  expect(answers.get(request('2'))).toBeUndefined()
  answers.set(request('2'), 'h/o/r', bytesOf('2'))
  expect(textOf(answers.get(request('2')))).toBe('2')
  expect(answers.get(request('1'))).toBeUndefined()
})

test('a list that is asked for again and again has each vote from its receipt on', async () => {
  const subjects = Array.from({ length: 30 }, (_, i) => `github.com/many/readers#${i + 1}`)
  const ask = async () => {
    const { body } = await server.ask('/v1/scores', { body: { subjects } })
    return Object.values((body as ScoresReply).scores).map(({ others }) => others.up)
  }
  const due = subjects.map(() => 0)
  for (let place = 0; place < 12; place++) {
    for (let again = 0; again < 3; again++) expect(await ask()).toEqual(due)
    const [result] = await server.cast(await server.signIn(`person-${place}`), [
      aVote({ subject: subjects[place] ?? '' }),
    ])
    expect(result?.status).toBe('accepted')
    due[place] = 1
  }
  expect(await ask()).toEqual(due)
})
