/**
 * Whether the Dockerfile makes a server that works: where there is an engine, by building and running it and
 * waiting until it is healthy; else by doing in an empty folder what its lines say, in their order.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ROOT } from './run.ts'

const PORT = '18797'

/** How long it may take to become healthy, in milliseconds. */
const PATIENCE = 90_000

interface Line {
  word: string
  rest: string
}

async function inContainer() {
  const tag = `forgemoot-check-${process.pid}`
  docker('build', '-t', tag, '.')
  docker('run', '-d', '--name', tag, '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', tag)
  try {
    await until(() => said('inspect', '-f', '{{.State.Health.Status}}', tag) === 'healthy')
    docker('stop', '-t', '30', tag)
    const code = said('inspect', '-f', '{{.State.ExitCode}}', tag)
    if (code !== '0') throw new Error(`the container ended with ${code}`)
  } finally {
    spawnSync('docker', ['rm', '-f', '-v', tag], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', tag], { stdio: 'ignore' })
  }
}

function docker(...given: string[]) {
  const { status } = spawnSync('docker', given, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error(`docker ${given[0]} failed`)
}

const said = (...given: string[]) => spawnSync('docker', given, { encoding: 'utf8' }).stdout.trim()

async function inFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'forgemoot-container-'))
  /** A path of the image. */
  const at = (name: string) => path.join(folder, name)
  /** The same in words of a line. */
  const inside = (text: string) =>
    text.replaceAll(/(?<=^|[\s:"'])\/(?=forgemoot|data)/g, `${folder}/`)
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: folder, ...registry() }
  let cwd = folder
  let healthy: string[] = []
  let server: ChildProcess | undefined
  try {
    for (const { word, rest } of linesOf(readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8'))) {
      console.log(`  ${word} ${rest}`)
      if (word === 'WORKDIR') mkdirSync((cwd = at(rest)), { recursive: true })
      else if (word === 'ENV') Object.assign(env, pairsIn(inside(rest)))
      // Both stages are one folder here, so what one would take from the other is there.
      else if (word === 'COPY' && !rest.startsWith('--from=')) copy(rest.split(' '), cwd)
      else if (word === 'RUN') shell(inside(rest).replace(/ && chown .*/, ''), cwd, env)
      else if (word === 'HEALTHCHECK') healthy = listIn(rest)
      else if (word === 'CMD') server = started(listIn(rest), cwd, { ...env, PORT })
    }
    if (!server) throw new Error('the Dockerfile starts nothing')
    const [program = '', ...given] = healthy
    await until(() => spawnSync(program, given, { cwd, env: { ...env, PORT } }).status === 0)
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    const [code] = await ended
    if (code !== 0) throw new Error(`the server ended with ${code}`)
  } finally {
    server?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How this machine reaches packages, which an empty environment would not say. */
function registry(): NodeJS.ProcessEnv {
  const known = Object.entries(process.env).filter(([name]) =>
    /^(?:npm_config_registry|https?_proxy|no_proxy|node_extra_ca_certs)$/i.test(name),
  )
  return {
    ...Object.fromEntries(known),
    npm_config_userconfig: path.join(process.env.HOME ?? '/', '.npmrc'),
  }
}

function linesOf(text: string): Line[] {
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => ({
      word: line.split(' ', 1)[0] ?? '',
      rest: line.slice(line.indexOf(' ') + 1).trim(),
    }))
}

const pairsIn = (text: string) =>
  Object.fromEntries(
    text
      .split(' ')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )

const listIn = (text: string) => JSON.parse(text.slice(text.indexOf('['))) as string[]

function copy(names: string[], cwd: string) {
  const into = path.resolve(cwd, names.at(-1) ?? '.')
  const isFolder = names.at(-1)?.endsWith('/')
  for (const name of names.slice(0, -1)) {
    cpSync(path.join(ROOT, name), isFolder ? path.join(into, path.basename(name)) : into, {
      recursive: true,
    })
  }
}

function shell(command: string, cwd: string, env: NodeJS.ProcessEnv) {
  const { status } = spawnSync('sh', ['-ec', command], { cwd, env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} failed`)
}

function started([program = '', ...given]: string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(program, given, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
  child.once('exit', (code) => code && console.error(`the server ended with ${code}`))
  return child
}

async function until(isSo: () => boolean) {
  const ends = Date.now() + PATIENCE
  while (!isSo()) {
    if (Date.now() > ends) throw new Error('it did not become healthy')
    await new Promise((done) => setTimeout(done, 500))
  }
}

const hasEngine = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0
console.log(
  hasEngine
    ? 'A container engine runs: the image is built.'
    : 'No container engine runs: the Dockerfile’s lines are done in an empty folder.',
)
await (hasEngine ? inContainer() : inFolder())
console.log('✓ healthy, and ended when asked to')
