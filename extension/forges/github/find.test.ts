import { afterEach, describe, expect, it } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import type { Page } from '../forge.ts'
import { find } from './find.ts'

const subjectPage = (number: number): Page => ({
  kind: 'subject',
  subject: parseSubject(`github.com/o/r#${number}`) as SubjectId, // a well-formed id
})
const listPage: Page = {
  kind: 'list',
  list: 'issues',
  view: { repository: 'github.com/o/r', query: 'is:issue', page: 1 },
}
const row = (...hrefs: string[]) =>
  `<div><div><li>${hrefs.map((href) => `<h3><a data-testid="issue-pr-title-link" href="${href}">t</a></h3>`).join('')}</li></div></div>`
const list = (rows: string) => `<ul data-listview-component="items-list">${rows}</ul>`

function found(page: Page, html: string) {
  document.body.innerHTML = html
  return find(page, document)
}

afterEach(() => document.body.replaceChildren())

describe('what is found on a page', () => {
  it('is the heading with the number of the address, not one that only names it', () => {
    const html =
      '<div><h1 data-component="PH_Title"><bdi>Fix #45, as in o/p#46</bdi> <span>#50</span></h1></div>'
    expect(found(subjectPage(50), html).subjects).toHaveLength(1)
    expect(found(subjectPage(45), html).subjects).toHaveLength(0)
    expect(found(subjectPage(45), html).strategies).toEqual({ title: '' })
  })

  it('is never the copy of the header that sticks to the top', () => {
    const html =
      '<div class="x-stickyHeader"><h1 data-component="PH_Title">t #50</h1></div><div><h1 data-component="PH_Title">t #50</h1></div>'
    expect(found(subjectPage(50), html).subjects).toHaveLength(1)
  })

  it('is each row that names one subject, whatever its address carries', () => {
    const page = found(
      listPage,
      list(
        row('/o/r/issues/1?x=1#y') +
          row('https://github.com/O/R/pull/2') +
          row('/o/r/issues/3', '/o/r/issues/3') +
          row('/o/r/issues/4', '/o/r/issues/5') +
          row('/o/r/wiki'),
      ),
    )
    expect(page.subjects.map(({ subject }) => subject)).toEqual([
      'github.com/o/r#1',
      'github.com/o/r#2',
      'github.com/o/r#3',
    ])
    expect(page.unnamed).toBe(2)
    expect(page.isEmpty).toBe(false)
  })

  it('is an empty list where the forge says so, and a miss where it does not', () => {
    expect(found(listPage, list('<div class="blankslate">No results</div>')).isEmpty).toBe(true)
    expect(found(listPage, '<div class="blankslate">Something else</div>').isEmpty).toBe(false)
    expect(found(listPage, '').strategies).toEqual({ 'react rows': '', 'rails rows': '' })
  })
})
