import type { Context } from './context.ts'
import { readerOf } from './session.ts'
import { forgetShelves } from './shelf.ts'
import { inTurn } from './turns.ts'

/**
 * Makes a change that may leave somebody else reading, or another server answering. When it does, every
 * page is told, and by then no shelf holds what the former reader saw.
 */
export function changeReader(context: Context, change: () => Promise<unknown>): Promise<void> {
  return inTurn(context, 'reader', async () => {
    const before = await readerOf(context)
    await change()
    const after = await readerOf(context)
    if (before.server === after.server && before.login === after.login) return
    // What is being told and shelved meanwhile was meant for the former reader.
    await inTurn(context, 'tell', async () => {
      await forgetShelves(context)
      await context.tell('readerChanged', undefined)
    })
  })
}
