/**
 * The first step of every npm command: installs what package-lock.json says when that has not been
 * done, then runs `test/commands/NAME.ts` with the remaining arguments. Plain JavaScript without
 * imports from npm, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const stamp = path.join(root, 'node_modules/.forgemoot-installed')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Forgemoot needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex')
const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
if (!isInstalled) {
  console.log('Installing packages (npm ci)…')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

const [name, ...rest] = process.argv.slice(2)
const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs')
run(process.execPath, [tsx, path.join(import.meta.dirname, `${name}.ts`), ...rest])

function run(command, args) {
  const { status, error, signal } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (error) console.error(`${command} could not be started: ${error.message}`)
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1))
}
