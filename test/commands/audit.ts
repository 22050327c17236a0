/**
 * `npm run audit`: whether anything that is shipped has a known weakness, or a licence that asks for more than
 * naming its authors. The registry is asked for weaknesses; one that cannot say is no failure, and said so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './run.ts'

/** Licences of which nothing follows but keeping their text. */
const FREE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
])

/** Looked at: what follows from their licence is done. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  // Asks that its own files can be had as source: they are shipped as they are in its package.
  'webextension-polyfill': 'MPL-2.0',
}

interface Locked {
  dev?: boolean
  optional?: boolean
  version?: string
  license?: string
}

function weaknesses(): boolean {
  const { stdout, status } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
  })
  const report = parsed(stdout)
  const found = report?.vulnerabilities
  if (!found) {
    const why = report?.message ?? report?.error?.summary ?? `npm audit ended with ${status}`
    console.log(`? weaknesses: this registry does not say (${String(why).split('\n')[0]})`)
    return true
  }
  const names = Object.entries(found).map(([name, { severity }]) => `${name} (${severity})`)
  console.log(
    names.length
      ? `✗ known weaknesses in what is shipped: ${names.join(', ')}`
      : '✓ no known weakness in what is shipped',
  )
  return names.length === 0
}

interface Report {
  vulnerabilities?: Record<string, { severity: string }>
  message?: string
  error?: { summary?: string }
}

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report
  } catch {
    return undefined
  }
}

function licences(): boolean {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const shipped = Object.entries(lock.packages).filter(([at, { dev }]) => at !== '' && !dev)
  const other = shipped.flatMap(([at, locked]) => {
    const licence = licenceOf(at, locked)
    const name = at.replace(/^.*node_modules\//, '')
    return isFree(licence) || LOOKED_AT[name] === licence ? [] : [`${name} (${licence})`]
  })
  console.log(
    other.length
      ? `✗ licences to look at: ${other.join(', ')}`
      : `✓ the licences of all ${shipped.length} packages that are shipped are followed`,
  )
  return other.length === 0
}

function licenceOf(at: string, { license }: Locked): string {
  const file = path.join(ROOT, at, 'package.json')
  if (!existsSync(file)) return license ?? 'none'
  const told = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown }
  return typeof told.license === 'string' ? told.license : (license ?? 'none')
}

/** Of `MIT OR GPL-2.0` one is enough; of `MIT AND ISC` all are asked for. */
const isFree = (licence: string) =>
  licence
    .replaceAll(/[()]/g, '')
    .split(/ OR /i)
    .some((one) => one.split(/ AND /i).every((name) => FREE.has(name.trim())))

const isRight = [weaknesses(), licences()]
process.exitCode = isRight.every(Boolean) ? 0 : 1
