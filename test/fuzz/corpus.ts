/** What fuzzing found once: each is tried again, always. */
import { existsSync, readFileSync } from 'node:fs'
import type { Thrown } from './http.ts'

const read = (name: string): unknown[] => {
  const file = new URL(`corpus/${name.replaceAll(' ', '-')}.json`, import.meta.url)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : []
}

/** Inputs of a parser. */
export const corpusOf = (name: string): unknown[] => read(name)

export const thrownBefore = (): Thrown[] => read('requests') as Thrown[]
