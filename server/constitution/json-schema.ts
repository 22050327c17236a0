import { toJsonSchema } from '@valibot/to-json-schema'
import { CONSTITUTION_PATH } from './constitution.ts'
import { ConstitutionSchema, PATTERNS } from './schema.ts'

/** The shape of a constitution for editors, as JSON Schema 2020-12. */
export function constitutionJsonSchema(): object {
  const { $schema, ...schema } = toJsonSchema(ConstitutionSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema({ valibotSchema }) {
      const message = 'message' in valibotSchema ? valibotSchema.message : undefined
      const pattern = PATTERNS.get(message)
      return pattern
        ? { type: 'string' as const, pattern: pattern.source, description: String(message) }
        : undefined
    },
  })
  const whole = {
    $schema,
    title: 'Forgemoot constitution',
    description: CONSTITUTION_PATH,
    ...schema,
  }
  // Patterns know no flags here, and logins may be written in either case.
  return JSON.parse(JSON.stringify(whole).replaceAll('"^[a-z0-9](', '"^[A-Za-z0-9](')) as object
}
