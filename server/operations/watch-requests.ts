/**
 * Every request gets a number, which its answer carries, and is measured from its arrival to the moment when
 * the last byte of its answer was handed to the system. Nothing of what it asks for is kept: of its path
 * only the door that it came to.
 */
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Fields, Level } from './log.ts'
import { type Histogram, histogram, type Labels } from './measures.ts'

/** In seconds. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Longer than this is worth a line, in milliseconds. */
const SLOW = 1000

/** A door as it is measured: `/v1/imports/:id`, never what stands there in a request. */
export interface Door {
  method: string
  path: string
}

/** Where what leads to no door is counted. */
const NOWHERE: Door = { method: 'any', path: 'nowhere' }

export interface Requests {
  /** What has to be called first with each request. */
  arrived(response: ServerResponse): void
  /** How many have no answer yet. */
  underWay(): number
  durations(): (readonly [Labels, Histogram])[]
}

/** What is known of a request until its answer is out. */
interface Watched {
  id: string
  began: number
  door: Door
}

const WATCHED = Symbol('watched')

type WatchedResponse = ServerResponse & { [WATCHED]?: Watched }

export function watchRequests(
  say: (level: Level, event: 'request' | 'request-failed' | 'request-slow', fields: Fields) => void,
  saysAll: () => boolean,
): Requests {
  // No two processes count alike, and nobody can tell from a number how much a server has to do.
  const mark = randomBytes(6).toString('base64url')
  const byDoor = new Map<string, { door: Door; byStatus: Map<number, Histogram> }>()
  let count = 0
  let open = 0

  function settled(this: WatchedResponse) {
    open--
    const watched = this[WATCHED]
    if (!watched) return
    const took = performance.now() - watched.began
    const status = this.writableFinished ? this.statusCode : 499
    histogramOf(watched.door, status).add(took / 1000)
    if (status < 500 && took < SLOW && !saysAll()) return
    const { door, id } = watched
    const fields = { request: id, method: door.method, route: door.path, status, ms: round(took) }
    if (status >= 500) say(status === 500 ? 'error' : 'warn', 'request-failed', fields)
    else if (took >= SLOW) say('warn', 'request-slow', fields)
    else say('info', 'request', fields)
  }

  function histogramOf(door: Door, status: number): Histogram {
    const name = `${door.method} ${door.path}`
    let ofDoor = byDoor.get(name)
    if (!ofDoor) byDoor.set(name, (ofDoor = { door, byStatus: new Map() }))
    let found = ofDoor.byStatus.get(status)
    if (!found) ofDoor.byStatus.set(status, (found = histogram(DURATIONS)))
    return found
  }

  return {
    arrived(response: WatchedResponse) {
      open++
      const id = `${mark}${(++count).toString(36)}`
      response[WATCHED] = { id, began: performance.now(), door: NOWHERE }
      response.once('close', settled)
    },
    underWay: () => open,
    durations: () =>
      [...byDoor.values()].flatMap(({ door: { method, path }, byStatus }) =>
        [...byStatus].map(
          ([status, durations]) =>
            [{ method, route: path, status: String(status) }, durations] as const,
        ),
      ),
  }
}

/** Says at which door a request was answered. */
export function cameTo(door: Door, response: WatchedResponse | undefined): void {
  const watched = response?.[WATCHED]
  if (watched) watched.door = door
}

/** The number of a request; undefined in a program that calls the application without a server. */
export const requestIdOf = (response: WatchedResponse | undefined): string | undefined =>
  response?.[WATCHED]?.id

/** Gives an answer the number of its request, whatever is answered. */
export function setRequestId(response: ServerResponse): void {
  response.setHeader('x-request-id', requestIdOf(response) ?? '')
}

const round = (milliseconds: number) => Math.round(milliseconds * 10) / 10
