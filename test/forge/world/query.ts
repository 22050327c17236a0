import { reactionNames, type Subject, type World } from './world.ts'

/** A search as typed: qualifiers by name, in order, and free words. */
export interface Query {
  terms: { name: string; value: string; not: boolean }[]
  words: string[]
}

/** Reads `is:open label:"good first issue" frost`. Unknown qualifiers are kept and match nothing. */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], words: [] }
  for (const [token] of text.matchAll(/-?[\w-]+:"[^"]*"|-?[\w-]+:[^\s"]*|"[^"]*"|\S+/g)) {
    const found = /^(-?)([a-z-]+):"?([^"]*)"?$/.exec(token)
    if (found) query.terms.push({ not: !!found[1], name: found[2] ?? '', value: found[3] ?? '' })
    else query.words.push(token.replaceAll('"', ''))
  }
  return query
}

/** The values of one qualifier, in order. */
export function valuesOf(query: Query, name: string): string[] {
  return query.terms.filter((term) => term.name === name && !term.not).map(({ value }) => value)
}

/** Everything that matches, sorted as the query says: newest first by default. */
export function find(world: World, query: Query, viewer = ''): Subject[] {
  const all = [...world.repositories.values()].flatMap(({ subjects }) => [...subjects.values()])
  const found = all.filter(
    (subject) =>
      query.terms.every((term) => matches(subject, term, viewer) !== term.not) &&
      query.words.every((word) => subject.title.toLowerCase().includes(word.toLowerCase())),
  )
  return sorted(found, valuesOf(query, 'sort')[0] ?? 'created-desc')
}

function matches(subject: Subject, term: Query['terms'][number], viewer: string): boolean {
  const value = term.value === '@me' ? viewer : term.value
  const same = (other: string) => other.toLowerCase() === value.toLowerCase()
  switch (term.name) {
    case 'repo':
      return same(subject.repo)
    case 'is':
    case 'state':
    case 'type':
      return isA(subject, value)
    case 'author':
      return same(subject.author.login)
    case 'assignee':
      return subject.assignees.some(({ login }) => same(login))
    case 'review-requested':
      return subject.kind === 'pull' && subject.assignees.some(({ login }) => same(login))
    case 'involves':
      return [
        subject.author,
        ...subject.assignees,
        ...subject.comments.map(({ author }) => author),
      ].some(({ login }) => same(login))
    case 'label':
      return subject.labels.some(({ name }) => same(name))
    case 'milestone':
      return subject.milestone !== null && same(subject.milestone.title)
    case 'sort':
    case 'in':
    case 'archived':
      return !term.not
    default:
      return false
  }
}

function isA(subject: Subject, value: string): boolean {
  if (value === 'pr' || value === 'pull-request') return subject.kind === 'pull'
  if (value === 'issue') return subject.kind === 'issue'
  if (value === 'merged') return subject.merged
  if (value === 'draft') return subject.draft
  if (value === 'public') return true
  return subject.state === value
}

/** Sorts by `created`, `updated`, `comments`, `reactions`, `reactions-+1`, …, with `-asc` or `-desc`. */
export function sorted(subjects: Subject[], sort: string): Subject[] {
  const ascending = sort.endsWith('-asc')
  const field = sort.replace(/-(asc|desc)$/, '')
  if (field === 'updated' || field === 'created') return byTime(subjects, `${field}At`, ascending)
  const key = keyOf(field)
  const by = (a: Subject, b: Subject) =>
    key(a) - key(b) || Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.number - b.number
  return subjects.toSorted((a, b) => (ascending ? by(a, b) : by(b, a)))
}

/** Times of one form are in the order of their text; twenty thousand of them are not parsed for a page. */
function byTime(subjects: Subject[], time: 'createdAt' | 'updatedAt', ascending: boolean) {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const by = (a: Subject, b: Subject) =>
    compare(a[time], b[time]) || compare(a.createdAt, b.createdAt) || a.number - b.number
  return subjects.toSorted((a, b) => (ascending ? by(a, b) : by(b, a)))
}

function keyOf(sort: string): (subject: Subject) => number {
  if (sort === 'comments') return ({ comments }) => comments.length
  if (sort === 'reactions' || sort === 'interactions') return reactionSum
  const name = reactionNames.find((reaction) => sort === `reactions-${reaction}`)
  return name ? ({ reactions }) => reactions[name] : ({ createdAt }) => Date.parse(createdAt)
}

function reactionSum({ reactions }: Subject): number {
  return reactionNames.reduce((sum, name) => sum + reactions[name], 0)
}
