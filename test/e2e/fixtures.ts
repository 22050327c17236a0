import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import { ROOT } from '../commands/run.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { freePort } from './free-port.ts'
import { launch, workerOf } from './launch.ts'

export { expect } from '@playwright/test'

/** A real Forgemoot server on a database of its own, which can be stopped and started again. */
export interface TestServer {
  address: string
  /** Everything that it has printed. */
  printed(): string
  stop(signal?: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  /** Sends a signal that does not end it, as SIGSTOP. */
  signal(signal: NodeJS.Signals): void
}

interface PerTest {
  forge: Forge
  server: TestServer
}

/**
 * `context` is a browser with the extension and a fresh profile, `page` one page of it, which fails the
 * test when the page logs an error.
 */
export const test = base.extend<PerTest>({
  forge: async ({}, use) => {
    const forge = await startForge()
    await use(forge)
    await forge.close()
  },
  context: async ({ forge }, use) => {
    const context = await launch({ forgePort: forge.port })
    await workerOf(context)
    await use(context)
    await context.close()
  },
  page: async ({ context }, use) => {
    const page = await context.newPage()
    await page.setViewportSize({ width: 1200, height: 900 })
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await use(page)
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
  },
  server: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.stop()
  },
})

/** Starts a server as an operator would, on a free port and a database that is thrown away. */
export async function startServer(
  environment: Record<string, string> = {},
): Promise<TestServer & { folder: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'forgemoot-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const printed: string[] = []
  const reach = environment['FORGE_PORT'] ? ['--import', './test/forge/reach.mjs'] : []
  const server = {
    address,
    folder,
    printed: () => printed.join(''),
    async start() {
      const env = {
        ...process.env,
        PORT: String(port),
        FORGEMOOT_DATABASE_URL: `file:${path.join(folder, 'forgemoot.db')}`,
        ...environment,
      }
      child = spawn(process.execPath, [...reach, 'server/forgemoot.mjs'], {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child.stdout?.on('data', (said: Buffer) => printed.push(String(said)))
      child.stderr?.on('data', (said: Buffer) => {
        printed.push(String(said))
        process.stderr.write(said)
      })
      await until(async () => (await fetch(`${address}/readyz`)).ok, 20_000)
    },
    signal: (signal: NodeJS.Signals) => void child?.kill(signal),
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      if (!child || child.exitCode !== null) return
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child.kill(signal)
      await gone
      child = undefined
    },
  }
  await server.start()
  return {
    ...server,
    async stop(signal) {
      await server.stop(signal)
      if (signal === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until something is true, trying again while it is not or throws. */
export async function until(isTrue: () => Promise<boolean>, patience = 10_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await isTrue().catch(() => false))) {
    if (Date.now() > end) throw new Error(`not true within ${patience} ms: ${isTrue.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
