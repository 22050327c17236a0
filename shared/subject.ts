/**
 * A subject's one address: `host/owner/name#number`, or that and a part of the conversation,
 * `…#number/issuecomment-678`. Host, owner and name are lower case, so equal subjects are equal strings.
 *
 * Shapes of names: GitHub's documentation on logins (up to 39 letters, digits and inner hyphens; an
 * underscore for managed users) and repository names (letters, digits, `.`, `-`, `_`, up to 100).
 */

declare const subjectBrand: unique symbol

/** The canonical address of a subject. Made by `parseSubject` only. */
export type SubjectId = string & { readonly [subjectBrand]: true }

declare const repositoryBrand: unique symbol

/** The canonical address of a repository, `host/owner/name` in lower case. Made by `parseRepository` only. */
export type RepositoryId = string & { readonly [repositoryBrand]: true }

/** What a subject's address is made of; `part` is '' for the issue or pull request itself. */
export interface SubjectParts {
  host: string
  owner: string
  name: string
  number: number
  part: string
}

const HOST = String.raw`[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})+(?::\d{1,5})?`
const OWNER = String.raw`[a-z0-9](?:[a-z0-9_-]{0,38})`
const NAME = String.raw`(?!\.{1,2}[/#])[a-z0-9._-]{1,100}`
const NUMBER = String.raw`[1-9]\d{0,9}`
const PART = String.raw`(?:issuecomment-|discussion_r|pullrequestreview-)[1-9]\d{0,18}`

const ID = new RegExp(`^(${HOST})/(${OWNER})/(${NAME})#(${NUMBER})(?:/(${PART}))?$`)
const PAGE = new RegExp(
  `^https?://(${HOST})/(${OWNER})/(${NAME})/(?:issues|pull)/(${NUMBER})(?:[/?][^#]*)?(?:#(.*))?$`,
)
// Marked as pure, and no tagged template: it is left out of scripts that parse no repository.
const REPOSITORY = /* @__PURE__ */ new RegExp(
  `^(?:https?://)?(${HOST}/${OWNER}/(?!\\.{1,2}(?:[/?#]|$))${NAME}?)(?:\\.git)*(?:[/?#].*)?$`,
)
const FRAGMENT = new RegExp(`^${PART}$`)

/** Some of these become ASCII when made lower case: U+212A, the Kelvin sign, becomes a k. */
const NOT_ASCII = /[\u0080-\uffff]/

/** Longer than any address or forge URL worth parsing, in UTF-16 units. */
const LONGEST = 2000

/** The subject that an id or any URL of its page names; undefined for everything else. */
export function parseSubject(text: string): SubjectId | undefined {
  if (text.length > LONGEST || NOT_ASCII.test(text)) return undefined
  const lower = text.toLowerCase()
  // A match of ID is canonical by construction: that is what makes this cast safe.
  if (ID.test(lower)) return lower as SubjectId
  const page = PAGE.exec(lower)
  if (!page) return undefined
  const [, host, owner, name, number, fragment] = page
  const part = fragment !== undefined && FRAGMENT.test(fragment) ? `/${fragment}` : ''
  return `${host}/${owner}/${name}#${number}${part}` as SubjectId
}

/** The repository that an address or any URL of its pages names; undefined for everything else. */
export function parseRepository(text: string): RepositoryId | undefined {
  if (text.length > LONGEST || NOT_ASCII.test(text)) return undefined
  // What REPOSITORY captures is canonical once it is lower case: that is what makes this cast safe.
  return REPOSITORY.exec(text.toLowerCase())?.[1] as RepositoryId | undefined
}

/** Takes an address apart. */
export function partsOf(subject: SubjectId): SubjectParts {
  const match = ID.exec(subject)
  if (!match) throw new TypeError(`not a subject: ${subject}`)
  const [, host = '', owner = '', name = '', number, part = ''] = match
  return { host, owner, name, number: Number(number), part }
}

/** The repository that a subject belongs to, as `host/owner/name`. */
export function repositoryOf(subject: SubjectId): RepositoryId {
  return subject.slice(0, subject.indexOf('#')) as RepositoryId // every subject's id begins with one
}
