import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runVectors, type VectorFile } from './run-vectors.ts'

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as VectorFile
const ours = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'))

describe('known results', () => {
  it.each(ours)('%s agrees within its tolerance', (name) => {
    const result = runVectors(read(path.join(import.meta.dirname, name)))
    expect(result?.different).toEqual([])
    expect(result?.equal).toBeGreaterThan(0)
  })

  it('are told apart from wrong ones', () => {
    const file = read(path.join(import.meta.dirname, 'value-score.json'))
    const [first] = file.cases
    if (first) first['value'] = 0.5
    expect(runVectors(file)?.different).toHaveLength(1)
  })

  it('are taken from outside too, where such a folder is there', () => {
    const outside = path.resolve(import.meta.dirname, '../../../shared/vectors')
    if (!existsSync(outside)) return console.log('no folder of vectors beside the checkout: skipped')
    const run = readdirSync(outside).flatMap((name) => {
      const result = runVectors(read(path.join(outside, name)))
      return result ? [{ name, ...result }] : []
    })
    console.log(run.map(({ name, cases, equal }) => `${name}: ${equal} of ${cases}`).join('\n'))
    expect(run.flatMap(({ different }) => different)).toEqual([])
  })
})
