/**
 * The scores read or changed lately, ready to be glued into an answer. Kept by repository and then by
 * number: a list page asks for a hundred subjects of one repository, and finding those in one small map
 * takes less than half the time of finding them in one that holds a million, where each look misses the
 * processor's cache several times over.
 */
import type { SubjectId } from '#shared/subject'
import type { ScoreText } from './score-text.ts'

export interface ScoreCache {
  get(subject: SubjectId): ScoreText | undefined
  set(subject: SubjectId, score: ScoreText): void
  /** Remembers nothing of a repository, `host/owner/name`, any more. */
  forget(repository: string): void
  /**
   * Writes the members of a JSON object, `"id":{…},"id":{…}`, when the scores of all these subjects of one
   * repository are at hand, none comes twice, and there is room; answers where they end, or undefined.
   * `numbers` are as they are written: what is found under them is the number of a subject and needs no
   * further check.
   */
  writeMembers(
    repository: string,
    numbers: readonly string[],
    into: Buffer,
    from: number,
  ): number | undefined
}

/** A number, or the number and the part of a conversation. */
type Place = number | string

/** What is kept of a subject: its member of the answer. */
type Member = string

type Generation = Map<string, Map<Place, Member>>

/**
 * Remembers at least the `capacity` scores used last and at most twice as many: scores live in a young and
 * an old generation, a use makes them young, and a full young generation becomes the old one.
 */
export function scoreCache(capacity: number): ScoreCache {
  let young: Generation = new Map()
  let old: Generation = new Map()
  let size = 0

  function put(repository: string, place: Place, member: Member) {
    if (capacity === 0) return
    const page = young.get(repository) ?? new Map<Place, Member>()
    const before = page.size
    page.set(place, member)
    if (before === 0) young.set(repository, page)
    size += page.size - before
    if (size < capacity) return
    old = young
    young = new Map()
    size = 0
  }

  function find(repository: string, place: Place): Member | undefined {
    const member = young.get(repository)?.get(place)
    if (member !== undefined) return member
    const older = old.get(repository)?.get(place)
    if (older !== undefined) put(repository, place, older)
    return older
  }

  return {
    get(subject) {
      const at = subject.indexOf('#')
      return find(subject.slice(0, at), placeIn(subject, at + 1))?.slice(subject.length + 3)
    },
    set(subject, score) {
      const at = subject.indexOf('#')
      put(subject.slice(0, at), placeIn(subject, at + 1), ['"', subject, '":', score].join(''))
    },
    forget(repository) {
      size -= young.get(repository)?.size ?? 0
      young.delete(repository)
      old.delete(repository)
    },
    writeMembers(repository, numbers, into, from) {
      const page = young.get(repository)
      const seen = new Set<Place>()
      let at = from
      for (const number of numbers) {
        const place = placeIn(number, 0)
        const member = page?.get(place) ?? find(repository, place)
        if (member === undefined || at + member.length >= into.length) return undefined
        seen.add(place)
        if (at > from) into[at++] = COMMA
        at += writeAscii(into, member, at)
      }
      return seen.size === numbers.length ? at : undefined
    },
  }
}

const COMMA = 44

/** What `write(text, at, 'latin1')` comes down to, without its asking what was meant, which costs as much. */
type Latin1Write = (this: Buffer, text: string, at: number) => number

// Not in Node's documentation, so there may be a Node without it.
const { latin1Write } = Buffer.prototype as unknown as { latin1Write?: Latin1Write }

function writeAscii(into: Buffer, text: string, at: number): number {
  return latin1Write ? latin1Write.call(into, text, at) : into.write(text, at, 'latin1')
}

/** What stands behind the `#`; as a number when it is exactly how a number is written. */
function placeIn(subject: string, from: number): Place {
  let number = 0
  for (let at = from; at < subject.length; at++) {
    const digit = subject.charCodeAt(at) - 48
    if (digit < 0 || digit > 9 || (digit === 0 && number === 0)) return subject.slice(from)
    number = number * 10 + digit
  }
  return number
}
