/**
 * `npm start`: builds the extension, starts the server on ./data, and opens a Chromium with the
 * extension where there is a display. `-- --no-browser` opens none; `-- --demo` uses a small forge on
 * this machine, with people who have voted, so that everything can be tried without a network.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Forge, startForge } from '../forge/forge.ts'
import { browserArguments } from '../e2e/launch.ts'
import { findChromium } from './browsers.ts'
import { BUILD } from './build.ts'
import { ROOT, runSteps } from './run.ts'
import { seedTallies } from './seed-tallies.ts'
import { importGarden, seedVotes } from './seed-votes.ts'

const { values: asked } = parseArgs({
  options: { demo: { type: 'boolean' }, 'no-browser': { type: 'boolean' } },
})

const DATA = path.join(ROOT, 'data')
const EXTENSION = path.join(ROOT, '.output/chrome-mv3')

const ROLES = `
A vote on merging is open at https://github.com/moot/garden/pull/1868 (wait a moment after the start).
  contributors, who decide    hazeltwine, umberroot, gladewalker, nasturtium, cloverpike, vetchling, thistlecombe
  maintainers, who can object dewberrylane, alderfoot
  its author, who does not    elmsworthy
  anybody else                you`

if ((await runSteps(BUILD)) !== 0) process.exit(1)
mkdirSync(DATA, { recursive: true })
const forge = asked.demo ? await startForge({ signedIn: 'ashdibble' }) : undefined
const address = await startServer()
if (forge) {
  await seedVotes(address)
  await importGarden(address)
  await seedTallies(address)
}
explain(address, forge)
if (!asked['no-browser']) openBrowser(forge)

/** Starts the server as a process of its own, which ends with this one; resolves to its address. */
function startServer(): Promise<string> {
  const env = {
    ...process.env,
    ...(forge && {
      FORGEMOOT_DATABASE_URL: `file:${path.join(DATA, 'demo.db')}`,
      FORGE_PORT: String(forge.port),
      // As which it reads the demo's code, makes checks and merges.
      FORGEMOOT_GITHUB_TOKEN: 'forge-token-forgemoot',
    }),
  }
  // The demo's server has to find the demo's github.com.
  const reach = forge ? ['--import', './test/forge/reach.mjs'] : []
  const child = spawn(process.execPath, [...reach, 'server/forgemoot.mjs'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own group: Ctrl+C reaches it through us alone.
    detached: process.platform !== 'win32',
  })
  endTogether(child)
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      const address = /https?:\/\/\S+/.exec(chunk.toString())?.[0]
      if (address) resolve(address)
    })
  })
}

function endTogether(child: ChildProcess) {
  child.once('exit', (code) => process.exit(code ?? 1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill(signal))
  // However this ends, by an error as well.
  process.on('exit', () => child.kill('SIGTERM'))
  // Whoever started us may be killed without a word: no server stays behind.
  const parent = process.ppid
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1000).unref()
}

function explain(address: string, forge: Forge | undefined) {
  console.log(`
The server answers at        ${address}
The extension to load is in  ${EXTENSION}
  Chrome:  chrome://extensions, "Developer mode", "Load unpacked", that folder
  Firefox: about:debugging, "This Firefox", "Load Temporary Add-on",
           ${path.join(ROOT, '.output/firefox-mv3/manifest.json')}
${forge ? `The demo's github.com is at    ${forge.url} (for a browser started with\n  ${browserArguments({ forgePort: forge.port }).join('\n  ')})\n` : ''}Sign in with any login on the extension's options page. Ctrl+C stops everything.
${forge ? ROLES : ''}`)
}

function openBrowser(forge: Forge | undefined) {
  const hasDisplay =
    process.platform !== 'linux' ||
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  if (!hasDisplay) return console.log('No display: no browser was opened.')
  const chromium = findChromium()
  if (!chromium) return console.log('No Chromium was found to open: load the extension by hand.')
  const profile = path.join(DATA, forge ? 'demo-browser' : 'browser')
  const start = forge
    ? 'https://github.com/moot/garden/issues'
    : 'https://github.com/numpy/numpy/issues'
  const args = [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...browserArguments(forge ? { forgePort: forge.port } : {}),
    start,
  ]
  spawn(chromium, args, { stdio: 'ignore' }).once('error', (error) =>
    console.log(`The browser could not be opened: ${error.message}`),
  )
}
