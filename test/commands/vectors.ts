/** `npm run vectors -- FOLDER`: the product's own functions on every file of cases in a folder. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { runVectors, type VectorFile } from '../vectors/run-vectors.ts'

const folder = process.argv[2] ?? path.join(import.meta.dirname, '../vectors')
let failed = 0

for (const name of filesOf(folder)) {
  const file = read(path.join(folder, name))
  if (!file) continue
  const result = runVectors(file)
  if (!result) {
    console.log(
      `${name}: ${file.cases.length} cases, not computed: the product has no function for these yet`,
    )
    continue
  }
  const cases = new Set(result.different.map((each) => each.case))
  console.log(`${name}: ${result.cases} cases, ${result.equal} equal, ${cases.size} different`)
  for (const each of result.different.slice(0, 3)) {
    console.log(
      `  ${each.key}: expected ${String(each.expected)}, computed ${String(each.computed)}`,
    )
    console.log(`  in ${JSON.stringify(each.case)}`)
  }
  failed += cases.size
}
process.exitCode = failed > 0 ? 1 : 0

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch (error) {
    console.error(`Cannot read the folder ${folder}: ${(error as Error).message}`)
    process.exit(2)
  }
}

function read(file: string): VectorFile | undefined {
  try {
    const parsed = JSON.parse(readFileSync(file, 'utf8')) as VectorFile
    if (Array.isArray(parsed.cases)) return parsed
    console.error(`${file}: no "cases" in it`)
  } catch (error) {
    console.error(`${file}: ${(error as Error).message}`)
  }
  failed += 1
  return undefined
}
