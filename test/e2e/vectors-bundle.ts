import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { ROOT } from '../commands/run.ts'
import type { VectorFile } from '../vectors/run-vectors.ts'

const FOLDER = path.join(ROOT, 'test/vectors')

/** A script after which `vectors.bitsOf` is there, in any engine. */
export async function vectorsScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: {
        entry: path.join(FOLDER, 'run-vectors.ts'),
        name: 'vectors',
        formats: ['iife'],
      },
    },
  })
  const [bundle] = Array.isArray(result) ? result : [result]
  const [chunk] = bundle && 'output' in bundle ? bundle.output : []
  if (chunk?.type !== 'chunk') throw new Error('the vectors were not bundled')
  return chunk.code
}

/** Every file of vectors, by name. */
export function vectorFiles(): [string, VectorFile][] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'))])
}

/** Files whose numbers every engine must compute alike, bit by bit; the others take logarithms. */
export const ALIKE = ['value-score.json', 'wilson.json']

/** How many cases have other bits in `there` than in `here`. */
export function otherBits(here: string[], there: string[]): number {
  return (
    here.filter((bits, index) => bits !== there[index]).length +
    Math.abs(here.length - there.length)
  )
}
