/**
 * Whole answers about scores, by the text of the request: a list page asks for the same subjects in the same
 * order whoever opens it. For who asks without a session. An answer is good until anything in its repository
 * changes, which the writer says before anybody has a receipt for it. Kept as bytes, outside of the heap.
 */

export interface ScoreAnswers {
  /** Whether anything is ever remembered. */
  remembers: boolean
  /** The answer to this request, if it still would be. */
  get(request: string): Uint8Array<ArrayBuffer> | undefined
  /** Remembers an answer that is true now; the bytes may be used for something else afterwards. */
  set(request: string, repository: string, answer: Uint8Array): void
  /** Something in a repository, `host/owner/name`, is not as it was. */
  changed(repository: string): void
}

interface Answer {
  request: string
  bytes: Uint8Array<ArrayBuffer>
  repository: string
}

/** Answers by their requests' marks, and the marks of each repository, whose answers go all at once. */
interface Generation {
  answers: Map<string, Answer>
  marks: Map<string, Set<string>>
}

const generation = (): Generation => ({ answers: new Map(), marks: new Map() })

/**
 * What tells most requests apart: a map that is asked for the whole text goes through all of it to hash it,
 * a tenth of what the answer takes. Of two that are alike in this the last one is remembered.
 */
const markOf = (request: string) => `${request.length} ${request.slice(0, 96)}${request.slice(-64)}`

/**
 * Remembers answers and their requests of so many bytes at least, and of twice as many at most: they live in a
 * young and an old generation, a use makes them young, and a full young generation becomes the old one. What
 * is no longer true goes at once: in a lively repository nothing is asked for twice, and would pile up. With
 * capacity 0 nothing is kept.
 */
export function scoreAnswers(capacity: number): ScoreAnswers {
  let young = generation()
  let old = generation()
  let size = 0

  function put(mark: string, answer: Answer) {
    size += weightOf(answer) - weightOf(young.answers.get(mark))
    young.answers.set(mark, answer)
    const marks = young.marks.get(answer.repository) ?? new Set()
    if (marks.add(mark).size === 1) young.marks.set(answer.repository, marks)
    if (size < capacity) return
    old = young
    young = generation()
    size = 0
  }

  function drop({ answers, marks }: Generation, repository: string) {
    for (const mark of marks.get(repository) ?? []) {
      if (answers === young.answers) size -= weightOf(answers.get(mark))
      answers.delete(mark)
    }
    marks.delete(repository)
  }

  return {
    remembers: capacity > 0,
    get(request) {
      const mark = markOf(request)
      const answer = young.answers.get(mark)
      if (answer?.request === request) return answer.bytes
      const older = old.answers.get(mark)
      if (older?.request !== request) return undefined
      put(mark, older)
      return older.bytes
    },
    set(request, repository, answer) {
      // Before the copy. And not slice(): of a Buffer that is the same memory.
      if (capacity === 0) return
      put(markOf(request), { request, bytes: new Uint8Array(answer), repository })
    },
    changed(repository) {
      drop(young, repository)
      drop(old, repository)
    },
  }
}

const weightOf = (answer: Answer | undefined) =>
  answer ? answer.bytes.length + answer.request.length : 0
