import type { Context } from './context.ts'

type Turns = Pick<Context, 'turns'>

/** Does work of one name strictly in the order in which it was asked for. */
export function inTurn<T>({ turns }: Turns, name: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(name) ?? Promise.resolve()
  const result = before.then(work, work)
  keepTurn(turns, name, result)
  return result
}

/** Joins work of that name when it is under way, or starts it. */
export function shared<T>({ turns }: Turns, name: string, work: () => Promise<T>): Promise<T> {
  const running = turns.get(name) as Promise<T> | undefined // a name always stands for the same work
  if (running) return running
  const result = work()
  keepTurn(turns, name, result)
  return result
}

/**
 * Work of that name that begins after now, and never beside itself: however often it is asked for, at
 * most one runs and one waits.
 */
export function afterNow({ turns }: Turns, name: string, work: () => Promise<void>): Promise<void> {
  return shared({ turns }, `next ${name}`, async () => {
    await turns.get(name)?.catch(() => undefined)
    turns.delete(`next ${name}`)
    const result = work()
    keepTurn(turns, name, result)
    await result
  })
}

function keepTurn(turns: Turns['turns'], name: string, result: Promise<unknown>): void {
  turns.set(name, result)
  const forget = () => {
    if (turns.get(name) === result) turns.delete(name)
  }
  result.then(forget, forget)
}
