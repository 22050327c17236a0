import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { BadConfig, configFrom, type Config } from '../../server/config.ts'
import { isFile } from '../../server/db/open.ts'
import { pathOf } from '../../server/db/path-of.ts'

/** The configuration of a database that is a file and is there. Throws `BadConfig`. */
export function configOfFile(command: string, mustExist = true): Config & { file: string } {
  const config = configFrom(process.env)
  const { url } = config.database
  if (!isFile(url)) {
    throw new BadConfig(
      `\`npm run ${command}\` is for databases that are files. Back up ${new URL(url).host} where it runs; \`npm run export\` works from here.`,
    )
  }
  const named = path.resolve(pathOf(url))
  // A link stays one: what it leads to is meant.
  const file = existsSync(named) ? realpathSync(named) : named
  if (mustExist && !existsSync(file))
    throw new BadConfig(`There is no database ${file}. Set FORGEMOOT_DATABASE_URL.`)
  return { ...config, file }
}

/** The one file that a command is given; ends the process with how to say it when it is not one. */
export function fileNeeded(command: string, given: string[]): string {
  const [file] = given
  if (file !== undefined && given.length === 1) return file
  console.error(`Name one file: npm run ${command} -- FILE`)
  process.exit(2)
}
