/** Who said what on pages of GitHub as other people saved them; nothing happens where there are none. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { findTalk } from '../extension/forges/github/find-talk.ts'
import { parseSubject } from '#shared/subject'
import { ROOT } from './commands/run.ts'

const FOLDER = path.resolve(ROOT, '../shared/pages/github')

const files = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((file) =>
      /^(issue|pull)-(?!list|files|embedded).*\.html$/.test(file),
    )
  : []

/** Ids and authors, read from the text alone: the first link of an author behind an id. */
function saidIn(html: string): { id: string; author: string | undefined }[] {
  const ids = [...html.matchAll(/\sid="((?:issuecomment-|discussion_r|pullrequestreview-)\d+)"/g)]
  return ids.map((match, at) => {
    const text = html.slice(match.index, ids[at + 1]?.index)
    const author = /<a\b[^>]*class="[^"]*\bauthor\b[^"]*"[^>]*>\s*([^<]*?)\s*</.exec(text)?.[1]
    return { id: match[1] ?? '', author }
  })
}

if (files.length === 0)
  test.skip(`there are no saved pages (${path.relative(ROOT, FOLDER)})`, () => undefined)

test.each(files)('comments of %s: ids and authors', (file) => {
  const html = readFileSync(path.join(FOLDER, file), 'utf8')
  const own = /(?:rel="canonical" href|property="og:url" content)="(https?:\/\/[^"?#]*)"/.exec(
    html,
  )?.[1]
  const subject = parseSubject(String(own).replace(/^https?:\/\/[^/]+/, 'https://github.com'))
  if (!subject) throw new Error(`${file} does not say where it belongs`)
  const window = new Window({
    url: 'https://github.com/',
    settings: {
      disableJavaScriptFileLoading: true,
      disableJavaScriptEvaluation: true,
      disableCSSFileLoading: true,
    },
  })
  const document = new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document
  Object.assign(globalThis, { location: window.location })
  const talk = findTalk(subject, document)
  const found = talk.comments.map((comment) => ({
    id: comment.subject.split('/').at(-1),
    author: comment.author,
  }))
  const expected = saidIn(html)
  console.log(`${file} | ${expected.length} | ${found.length}`)
  expect(found).toEqual(expected)
  expect(talk.unplaced).toBe(0)
})
