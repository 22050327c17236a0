/** The bar of a vote on merging. */
import type { Tally } from '../seen-tally.ts'
import { element } from './element.ts'
import { marksOf } from './tally-words.ts'

/** The parts of the bar: ballots as shares of all members, and marks of what is needed. */
export function barParts(tally: Tally): HTMLElement[] {
  const { counts, electorate } = tally
  if (!counts || electorate.size === 0) return []
  const percent = (count: number) => `${Math.min(100, (100 * count) / electorate.size)}%`
  const part = (name: string, count: number) => {
    const made = element('span', { class: `part ${name}` })
    made.style.inlineSize = percent(count)
    return made
  }
  const mark = (name: string, at: number, words: string) => {
    const made = element('span', { class: `mark ${name}`, title: words })
    made.style.insetInlineStart = percent(at)
    return made
  }
  const { needed, quorum } = marksOf(tally)
  return [
    part('for', counts.for),
    part('against', counts.against),
    part('abstain', counts.abstain),
    ...(needed === null ? [] : [mark('needed', needed, `${needed} in favour would pass it`)]),
    ...(quorum > 0 ? [mark('quorum', quorum, `${quorum} have to vote`)] : []),
  ]
}
