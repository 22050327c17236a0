import { expect, test } from 'vitest'
import { isAgreement } from './agreement.ts'

/** Sixty short comments, and whether a reaction would have said all of it. */
const TABLE: [text: string, isAgreement: boolean][] = [
  ['+1', true],
  ['+1!', true],
  ['＋１', true],
  ['+100', true],
  ['+1 :)', true],
  ['👍', true],
  ['👍🏽👍🏽👍🏽', true],
  [':+1:', true],
  ['+1 👍', true],
  ['❤️', true],
  ['Me too!', true],
  ['me too, +1', true],
  ['Same here.', true],
  ['+1 same issue here', true],
  ['I have the same problem :(', true],
  ['I’m having the same issue!!!', true],
  ['^ this', true],
  ['^^', true],
  ['This!', true],
  ['Agreed.', true],
  ['Would love this', true],
  ['Bump', true],
  ['Ich auch', true],
  ['Geht mir auch so.', true],
  ['Moi aussi !', true],
  ['Même problème…', true],
  ['Yo también', true],
  ['Mesmo problema aqui', true],
  ["Anch'io", true],
  ['Ik ook', true],
  ['Mam to samo', true],
  ['У меня тоже', true],
  ['+1, та же проблема', true],
  ['同问', true],
  ['我也是！', true],
  ['私もです', true],
  ['저도요', true],
  ['أنا أيضا', true],
  // What follows says something, or means something else.
  ['-1', false],
  ['👎', false],
  ['👍 👎', false],
  ['+1 for option B', false],
  ['+1, but only behind a flag', false],
  ['Me too, on Windows 11', false],
  ['Same here with 2.3.1', false],
  ['Me neither', false],
  ['Not me', false],
  ['No', false],
  ['Yes', false],
  ['LGTM', false],
  ['Thanks!', false],
  ['🙏', false],
  ['Any news?', false],
  ['Me too?', false],
  ['Agreed, closing.', false],
  ['This is wrong', false],
  ['+1 https://example.com/fix', false],
  ['Ich auch nicht', false],
  ['我也是，版本 2.3', false],
  ['У меня тоже, но только в Firefox', false],
]

test.each(TABLE)('%j is agreement and nothing else: %s', (text, expected) => {
  expect(isAgreement(text)).toBe(expected)
})

test('the table has sixty comments', () => {
  expect(TABLE).toHaveLength(60)
})

test('nothing and very much are no agreement', () => {
  for (const text of ['', ' ', '...', ':)', '+1 '.repeat(20_000)])
    expect(isAgreement(text)).toBe(false)
})
