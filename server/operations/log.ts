/**
 * What the server says to whoever runs it: a line for each event, on the standard error. A line is JSON, or
 * reads well on a terminal. It never holds a token, a vote, a name or an address of anybody, and whatever
 * text comes into it from outside can neither end the line nor speak to the terminal.
 */

/** Every event, and what it means: docs/running.md has the same words. */
export const EVENTS = {
  started: 'The server listens.',
  restarting: 'Sign-in was set up; the server starts again with it.',
  stopping: 'It was asked to end, and answers what is under way.',
  stopped: 'It has ended, with everything on the disk.',
  'writer-lost': 'The thread that writes has died. The server ends; start it again.',
  'write-failed': 'The database could not be written: disk full, locked, read-only, or away.',
  'journal-kept': 'The journal could not be emptied at the end; the next start reads it.',
  'not-ready': 'A part does not answer; /readyz says which.',
  request: 'A request and its answer; only with FORGEMOOT_LOG_REQUESTS=all.',
  'request-failed': 'A request that was answered with 500 or above.',
  'request-slow': 'A request that took longer than a second.',
  bug: 'Something nobody foresaw. Please report it, with this line.',
  'forge-failed': 'GitHub did not answer as it should.',
  'token-kept': 'GitHub’s token of a sign-in could not be made worthless; it ends by itself.',
  'import-failed': 'An import stopped for a reason nobody foresaw.',
  'tally-failed': 'A tally could not be looked at or decided, for a reason nobody foresaw.',
  recounted: 'Tonight everything was counted again from log and record, and is as it should be.',
  'recount-differs': 'Something in the tables does not follow from log or record.',
  'recount-failed': 'Tonight’s recount could not be done.',
  'nightly-failed': 'The look for repositories to go through tonight failed.',
} as const

export type Event = keyof typeof EVENTS

export type Level = 'info' | 'warn' | 'error'

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>

export interface LogStyle {
  format: 'json' | 'text'
  /** Tells every request, and not only those that failed or were slow. */
  requests: boolean
}

// The one thing here that is the process's and not somebody's argument, like the standard error itself.
let style: LogStyle = { format: 'json', requests: false }

export function setLogStyle(next: LogStyle): void {
  style = next
}

export const logsRequests = () => style.requests

/** Lines of one event in one second. A full disk refuses thousands of votes, and says so as often. */
const MOST = 20

const second = { at: 0, said: new Map<Event, number>(), unsaid: 0 }

/** Says that something happened. What happens very often is said some times, and counted. */
export function log(level: Level, event: Event, message: string, fields: Fields = {}): void {
  const now = new Date()
  const at = Math.floor(now.getTime() / 1000)
  if (second.at !== at) {
    second.at = at
    second.said.clear()
  }
  const said = (second.said.get(event) ?? 0) + 1
  second.said.set(event, said)
  if (said > MOST && event !== 'request') {
    second.unsaid++
    return
  }
  const { unsaid } = second
  second.unsaid = 0
  // Not the stream itself: what wants to listen to a process listens to its console.
  console.error(lineOf(now, level, event, message, unsaid ? { ...fields, unsaid } : fields))
}

/** A line without its end. */
export function lineOf(
  at: Date,
  level: Level,
  event: Event,
  message: string,
  fields: Fields,
): string {
  const time = at.toISOString()
  if (style.format === 'json')
    return shown({ time, level, event, message: safe(message), ...safeFields(fields) })
  const rest = Object.entries(safeFields(fields))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? shown(value) : value}`)
  return `${time} ${level} ${event}: ${shown(safe(message)).slice(1, -1)}${rest.join('')}`
}

/** What an error says, without what it may quote. */
export function fieldsOf(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) }
  const { name, message, code, stack, cause } = error as Error & { code?: unknown }
  return {
    error: `${name}: ${message}`,
    code: typeof code === 'string' ? code : undefined,
    cause: cause === undefined ? undefined : String(cause),
    stack: stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' < '),
  }
}

const LONGEST = 2000

/** Tokens of GitHub’s, ours, and whatever looks like one: long, and made of nothing but their letters. */
const SECRET = /\b(?:gh[a-z]_|github_pat_)\w+|(?<![\w/-])[\w-]{40,}(?![\w/-])|(?<=bearer )\S+/gi

const safe = (text: string) => text.slice(0, LONGEST).replaceAll(SECRET, '…')

function safeFields(fields: Fields): Fields {
  const pairs = Object.entries(fields).map(
    ([name, value]) => [name, typeof value === 'string' ? safe(value) : value] as const,
  )
  return Object.fromEntries(pairs)
}

/** JSON in which nothing but printable signs is left, whatever a terminal makes of them. */
function shown(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
