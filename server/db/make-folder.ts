import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { BadConfig } from '../config.ts'
import { isFile } from './open.ts'
import { pathOf } from './path-of.ts'

/** Makes the folder that a database is to be in. Throws `BadConfig`. */
export function makeFolderFor(url: string) {
  if (!isFile(url)) return
  const path = pathOf(url)
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    throw new BadConfig(`The folder ${folder} for the database cannot be made.`)
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new BadConfig(
      `FORGEMOOT_DATABASE_URL says ${path}, which is a folder. Name a file in it.`,
    )
  }
}
