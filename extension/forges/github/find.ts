import { parseSubject, type SubjectId } from '#shared/subject'
import type { Found, ListKind, ListSlot, Page, SubjectSlot } from '../forge.ts'
import { arrange } from './arrange.ts'
import * as slots from './slots.ts'

/** Finds every slot of a page, outward from the links that name subjects. */
export function find(page: Page, document: Document): Found {
  const found: Found = { lists: [], subjects: [], strategies: {}, unnamed: 0, isEmpty: false }
  if (page.kind === 'subject') findTitle(page.subject, document, found)
  else findLists(page.list, document, found)
  return found
}

function findLists(list: ListKind, document: Document, found: Found): void {
  const react = links(slots.REACT_TITLES, document, 'react rows', found)
  const byList = rowsByList(react, (link) => {
    const element = link.closest<HTMLElement>(slots.REACT_LIST)
    const host = link.closest<HTMLElement>('li')
    return element && host && element.contains(host) ? { element, host } : undefined
  })
  const rails = links(slots.RAILS_TITLES, document, 'rails rows', found)
  const railsLists = rowsByList(rails, (link) => {
    const host = link.closest<HTMLElement>(slots.RAILS_ROW)
    const element = host?.closest<HTMLElement>(slots.RAILS_LIST) ?? host?.parentElement
    return element && host ? { element, host } : undefined
  })
  for (const [element, rows] of [...byList, ...railsLists]) addList(list, element, rows, found)
  findPins(document, found)
  found.isEmpty = found.lists.length === 0 && document.querySelector(slots.EMPTY) !== null
}

/** The links of the first strategy that finds any. */
function links(strategies: slots.Strategy[], document: Document, what: string, found: Found) {
  for (const { name, selector } of strategies) {
    const all = document.querySelectorAll<HTMLAnchorElement>(selector)
    if (all.length === 0) continue
    found.strategies[what] = name
    return [...all]
  }
  found.strategies[what] = ''
  return []
}

type Named = Map<HTMLElement, SubjectId | undefined>

/** Rows by the list they stand in; a row whose links name different subjects names none. */
function rowsByList(
  all: HTMLAnchorElement[],
  rowOf: (link: HTMLAnchorElement) => { element: HTMLElement; host: HTMLElement } | undefined,
): Map<HTMLElement, Named> {
  const lists = new Map<HTMLElement, Named>()
  for (const link of all) {
    const row = rowOf(link)
    if (!row) continue
    const subject = subjectOf(link)
    const named = lists.get(row.element) ?? new Map()
    lists.set(row.element, named)
    const clash = named.has(row.host) && named.get(row.host) !== subject
    named.set(row.host, clash ? undefined : subject)
  }
  return lists
}

function addList(list: ListKind, element: HTMLElement, named: Named, found: Found): void {
  const rows: SubjectSlot[] = []
  for (const [host, subject] of named) {
    if (subject === undefined) found.unnamed += 1
    else
      rows.push({ kind: 'row', subject, host, within: element, createdAt: () => createdAt(host) })
  }
  if (rows.length === 0) return
  const slot: ListSlot = {
    kind: 'list',
    list,
    element,
    rows,
    arrange: (order) => arrange(element, rows, order),
  }
  found.lists.push(slot)
  found.subjects.push(...rows)
}

function findPins(document: Document, found: Found): void {
  for (const host of document.querySelectorAll<HTMLElement>(slots.PINS)) {
    const named = new Set([...host.querySelectorAll('a')].map(subjectOf))
    named.delete(undefined)
    const [subject] = named
    if (named.size !== 1 || subject === undefined) found.unnamed += 1
    else
      found.subjects.push({ kind: 'pin', subject, host, within: host, createdAt: () => undefined })
  }
}

function findTitle(subject: SubjectId, document: Document, found: Found): void {
  const heading = headingOf(subject, document, found)
  const host = heading && titleHostOf(heading)
  if (host)
    found.subjects.push({ kind: 'title', subject, host, within: host, createdAt: () => undefined })
}

/** The one heading that is not the sticky copy and carries the subject's number. */
function headingOf(subject: SubjectId, document: Document, found: Found) {
  const number = subject.slice(subject.indexOf('#'))
  for (const { name, selector } of slots.HEADINGS) {
    for (const heading of document.querySelectorAll<HTMLElement>(selector)) {
      if (heading.closest(slots.STICKY)) continue
      // The address changes before the page does: the number tells whether this is still the old one.
      if (numberIn(heading) !== number) continue
      found.strategies['title'] = name
      return heading
    }
  }
  found.strategies['title'] = ''
  return undefined
}

function titleHostOf(heading: HTMLElement): HTMLElement | null {
  const header = heading.closest(slots.RAILS_HEADER)
  return header?.querySelector<HTMLElement>(slots.RAILS_HEADER_LINE) ?? heading.parentElement
}

/** The number that GitHub writes behind a title. Titles name numbers too, so only the last one counts. */
function numberIn({ textContent, parentElement }: HTMLElement): string | undefined {
  return lastNumber(textContent) ?? lastNumber(parentElement?.textContent)
}

const lastNumber = (text: string | null | undefined) => text?.match(/#\d+/g)?.at(-1)

/** What links lead to, by their text as written: a page is looked at many times. */
const subjects = new Map<string, SubjectId | undefined>()

/** The subject that a link leads to, whatever its query and fragment. */
function subjectOf(link: HTMLAnchorElement): SubjectId | undefined {
  const href = link.getAttribute('href') ?? ''
  if (subjects.size > 5000) subjects.clear()
  if (!subjects.has(href)) subjects.set(href, subjectAt(href))
  return subjects.get(href)
}

function subjectAt(href: string): SubjectId | undefined {
  const page = (href.startsWith('/') ? `https://${location.host}${href}` : href).split(/[?#]/, 1)[0]
  return parseSubject(page ?? '')
}

function createdAt(row: HTMLElement): number | undefined {
  const time = Date.parse(row.querySelector(slots.CREATED)?.getAttribute('datetime') ?? '')
  return Number.isNaN(time) ? undefined : time
}
