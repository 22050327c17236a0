/** Finds the browsers that tests and the demo drive. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const FIREFOXES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

/**
 * A Chromium that loads unpacked extensions: the one that CHROMIUM_PATH names, Playwright's own, or the
 * system's. Branded Chrome is left out: since 137 it ignores `--load-extension`.
 */
export function findChromium(): string | undefined {
  return named('CHROMIUM_PATH') ?? playwrights() ?? CHROMIUMS.find((path) => existsSync(path))
}

/** A Firefox: the one that FIREFOX_PATH names, or the system's. */
export function findFirefox(): string | undefined {
  return named('FIREFOX_PATH') ?? FIREFOXES.find((path) => existsSync(path))
}

/** Finds a Chromium, or gets one: Playwright's, else Debian's where we are root. */
export function ensureChromium(): string {
  let path = findChromium()
  if (path) return path
  console.log('No Chromium found; getting one…')
  run('npx', ['playwright', 'install', 'chromium'])
  path = findChromium()
  if (!path && isDebianRoot()) {
    const install = ['install', '-y', '--no-install-recommends', 'chromium']
    if (!run('apt-get', install) && run('apt-get', ['update'])) run('apt-get', install)
    path = findChromium()
  }
  if (path) return path
  console.error(
    'No Chromium found. Run `npx playwright install --with-deps chromium`, or name one in CHROMIUM_PATH.',
  )
  process.exit(1)
}

function named(variable: string): string | undefined {
  const path = process.env[variable]
  if (path && !existsSync(path)) throw new Error(`${variable} does not exist: ${path}`)
  return path || undefined
}

function playwrights(): string | undefined {
  try {
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function run(command: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: 'inherit', timeout: 600_000, env }).status === 0
}

function isDebianRoot(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}
