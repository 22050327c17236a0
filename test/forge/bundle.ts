import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { withSystemThemes } from './themes.ts'

const here = import.meta.dirname
const output = path.resolve(here, '../../.output/forge')

/** The pages' script, built again only when a source is newer than the last build. */
export async function clientBundle(): Promise<string> {
  const file = path.join(output, 'forge.js')
  if ((await changedAt(file)) < (await newestSource())) await buildClient(file)
  return readFile(file, 'utf8')
}

async function buildClient(file: string): Promise<void> {
  // Test workers may build at once: each writes its own folder, and the last rename stands.
  const own = path.join(output, `build-${process.pid}`)
  await build({
    configFile: false,
    root: here,
    logLevel: 'warn',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Test runners set another NODE_ENV, from which Vite would choose React's development JSX.
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
    build: {
      outDir: own,
      emptyOutDir: true,
      minify: false,
      copyPublicDir: false,
      lib: {
        entry: path.join(here, 'client/main.ts'),
        formats: ['es'],
        fileName: () => 'forge.js',
      },
    },
  })
  await mkdir(output, { recursive: true })
  await rename(path.join(own, 'forge.js'), file)
  await rm(own, { recursive: true, force: true })
}

/** The pages' stylesheet. */
export async function stylesheet(): Promise<string> {
  return withSystemThemes(await readFile(path.join(here, 'forge.css'), 'utf8'))
}

async function newestSource(): Promise<number> {
  const folders = ['client', 'react', 'world']
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(path.join(here, folder))
      return names.map((name) => path.join(here, folder, name))
    }),
  )
  return Math.max(...(await Promise.all(files.flat().map(changedAt))))
}

/** Milliseconds; nothing is older than everything. */
async function changedAt(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  return found?.mtimeMs ?? 0
}
