import { describe, expect, it } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import type { ListSlot } from '../forges/forge.ts'
import { unseen } from '../seen-score.ts'
import { learnScores } from '../state/scores.ts'
import { listVisit } from './list-visit.ts'

const id = (number: number) => parseSubject(`github.com/o/r#${number}`) as SubjectId // well-formed
const nothing = () => undefined

/** A list of these numbers, which remembers in which order it was asked to show them. */
function listOf(...numbers: number[]) {
  const arranged: (number[] | undefined)[] = []
  const slot: ListSlot = {
    kind: 'list',
    list: 'issues',
    element: document.createElement('ul'),
    rows: numbers.map((number) => ({
      kind: 'row',
      subject: id(number),
      host: document.createElement('li'),
      within: document.createElement('ul'),
      createdAt: nothing,
    })),
    arrange(order) {
      arranged.push(order?.map((subject) => Number(subject.split('#')[1])))
      return true
    },
  }
  return { slot, last: () => arranged.at(-1) }
}

/** Lets a subject have so many votes for it. */
const worth = (number: number, up: number) =>
  learnScores({ [id(number)]: { ...unseen(), contributors: { up, down: 0 } } } as never)

describe("a list's order", () => {
  it('is worked out once, and offered anew when scores would change it', () => {
    const { slot, last } = listOf(11, 12, 13)
    worth(13, 5)
    const visit = listVisit(slot, nothing)
    visit.update(slot, 'top', true)
    expect(last()).toEqual([13, 11, 12])
    expect(visit.hasNewOrder.value).toBe(false)
    worth(12, 9)
    visit.update(slot, 'top', true)
    expect(last()).toEqual([13, 11, 12])
    expect(visit.hasNewOrder.value).toBe(true)
    visit.renew()
    expect(last()).toEqual([12, 13, 11])
    expect(visit.hasNewOrder.value).toBe(false)
  })

  it('takes in rows that come while nobody reads, and puts later ones last', () => {
    const first = listOf(21, 22)
    worth(23, 5)
    const visit = listVisit(first.slot, nothing)
    visit.update(first.slot, 'top', true)
    const whole = listOf(21, 22, 23)
    visit.update(whole.slot, 'top', true)
    expect(whole.last()).toEqual([23, 21, 22])
    worth(24, 9)
    const later = listOf(24, 21, 22, 23)
    visit.update(later.slot, 'top', false)
    expect(later.last()).toEqual([23, 21, 22, 24])
    expect(visit.hasNewOrder.value).toBe(true)
  })

  it('is left alone when the reader is reading already', () => {
    const { slot, last } = listOf(31, 32)
    worth(32, 5)
    const visit = listVisit(slot, nothing)
    visit.update(slot, 'top', false)
    expect(last()).toEqual([31, 32])
    expect(visit.hasNewOrder.value).toBe(true)
  })

  it('is made anew when the forge replaces what it shows', () => {
    const first = listOf(41, 42)
    const visit = listVisit(first.slot, nothing)
    visit.update(first.slot, 'top', true)
    worth(44, 5)
    const next = listOf(43, 44)
    visit.update(next.slot, 'top', false)
    expect(next.last()).toEqual([44, 43])
  })

  it('is what the reader chooses, and remembered', () => {
    const { slot, last } = listOf(51, 52)
    const chosen: string[] = []
    const visit = listVisit(slot, (_, order) => chosen.push(order))
    visit.update(slot, 'forge', true)
    expect(last()).toBeUndefined()
    visit.choose('new')
    expect(last()).toEqual([52, 51])
    visit.choose('forge')
    expect(last()).toBeUndefined()
    expect(chosen).toEqual(['new', 'forge'])
  })
})
