import { serverOriginOf } from '../server-address.ts'
import { changeReader } from './change-reader.ts'
import type { Context } from './context.ts'
import { forgetBackoff } from './outbox.ts'
import { changeSettings } from './own-settings.ts'
import { keepAbout, noteReply } from './refresh-about.ts'
import { askAbout, valueOfReply } from './server.ts'
import { serverAt } from './session.ts'

/** Makes an address the present server once it has answered as a Forgemoot; undefined for no server. */
export async function setServer(context: Context, address: string | undefined): Promise<void> {
  const text = address?.trim()
  if (!text) return changeReader(context, () => keepServer(context, undefined))
  const server = serverOriginOf(text)
  const reply = await askAbout(serverAt(context, server, undefined))
  const about = valueOfReply(reply)
  await changeReader(context, async () => {
    await keepAbout(context, server, about)
    await noteReply(context, server, reply)
    await keepServer(context, server)
  })
}

async function keepServer(context: Context, server: string | undefined): Promise<void> {
  await changeSettings(context, (before) => ({ ...before, server }))
  await forgetBackoff(context.store)
}
