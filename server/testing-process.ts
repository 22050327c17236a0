/** The server as a process of its own, for tests that end it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { askerOf } from './testing.ts'

/** What Node is given to run the server. */
export const ENTRY = fileURLToPath(new URL('forgemoot.mjs', import.meta.url))

/** The server as it is really run. */
export async function spawnServer(environment: Record<string, string>, flags: string[] = []) {
  const child = spawn(process.execPath, [...flags, ENTRY], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const line = String((await once(createInterface(child.stdout), 'line'))[0])
  const address = /http:\S+/.exec(line)?.[0] ?? ''
  return { child, line, address, said: () => said, ask: askerOf(address) }
}

/** How a server that cannot start ends, and what it says. */
export async function refusalOf(environment: Record<string, string>) {
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (chunk) => (text += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, text: text.trim() }
}

/** Sends a process a signal; how it ended. */
export async function killed(child: ChildProcess, signal: NodeJS.Signals) {
  const exited = once(child, 'exit')
  child.kill(signal)
  return (await exited) as [code: number | null, signal: string | null]
}
