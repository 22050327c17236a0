/**
 * `npm run constitution -- FILE [--contributors N]`: reads a constitution as the server does, and says how
 * it reads, or what is wrong where. `--schema` prints its JSON Schema.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { constitutionJsonSchema } from '../../server/constitution/json-schema.ts'
import { parseConstitution } from '../../server/constitution/parse-constitution.ts'
import { ruleFor } from '../../server/constitution/rule-for.ts'
import { constitutionWords, ruleWords } from '../../server/constitution/rule-words.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    contributors: { type: 'string', default: '12' },
    schema: { type: 'boolean', default: false },
  },
})

if (values.schema) console.log(JSON.stringify(constitutionJsonSchema(), null, 2))
else
  process.exitCode = check(positionals[0] ?? '.github/forgemoot.yml', Number(values.contributors))

function check(file: string, electorate: number): number {
  if (!Number.isSafeInteger(electorate) || electorate < 1) {
    console.error('--contributors should be a whole number, at least 1.')
    return 2
  }
  const text = textOf(file)
  if (text === undefined) return 2
  const parsed = parseConstitution(text)
  if ('faults' in parsed) {
    for (const { line, column, key, detail } of parsed.faults) {
      console.error(`${file}:${line}:${column}: ${key && `${key} `}${detail}`)
    }
    return 1
  }
  const { constitution } = parsed
  for (const words of constitutionWords(constitution)) console.log(words)
  console.log(`With ${electorate} contributors:`)
  for (const words of ruleWords(ruleFor(constitution, { electorate, changes: [] }))) {
    console.log(`- ${words}`)
  }
  if (constitution.protected.length) {
    console.log('A change of this file is judged by all of what follows at once.')
  }
  for (const { paths } of constitution.protected) {
    const changes = paths.map((path) => ({ path: path.replaceAll('**', 'x'), isLink: false }))
    console.log(`A change of ${paths.join(', ')}:`)
    const usual = new Set(ruleWords(ruleFor(constitution, { electorate, changes: [] })))
    for (const words of ruleWords(ruleFor(constitution, { electorate, changes }))) {
      if (!usual.has(words)) console.log(`- ${words}`)
    }
  }
  return 0
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    console.error(
      `${file} cannot be read. Name a file: npm run constitution -- .github/forgemoot.yml`,
    )
    return undefined
  }
}
