/** The contract as OpenAPI 3.1, from the schemas that requests and replies are checked with. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { LoginSchema, RepositorySchema, SubjectSchema } from '#shared/api/fields'
import type { Context } from '../../context.ts'
import { FEED } from './feed.ts'
import { IMPORTS } from './imports.ts'
import { OPERATIONS } from './operations.ts'
import { PERSON } from './person.ts'
import { type SchemaName, SCHEMAS } from './schemas.ts'
import { SCORES } from './scores.ts'
import { SIGN_IN } from './sign-in.ts'
import { TALLIES } from './tallies.ts'
import { VOTES } from './votes.ts'

const PATHS = {
  ...OPERATIONS,
  ...SIGN_IN,
  ...PERSON,
  ...VOTES,
  ...SCORES,
  ...FEED,
  ...IMPORTS,
  ...TALLIES,
}

/** What cannot be converted, said by hand. */
function overrideSchema({ valibotSchema }: { valibotSchema: unknown }) {
  if (valibotSchema === SubjectSchema) {
    return {
      type: 'string' as const,
      description: 'A subject, as id or as URL of its page.',
      examples: ['github.com/numpy/numpy#45', 'https://github.com/numpy/numpy/issues/45'],
    }
  }
  if (valibotSchema === RepositorySchema) {
    return {
      type: 'string' as const,
      description: 'A repository, as address or as URL of a page of it.',
      examples: ['github.com/numpy/numpy'],
    }
  }
  if (valibotSchema === LoginSchema) {
    return { type: 'string' as const, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$' }
  }
  return undefined
}

function schemaOf(name: SchemaName) {
  const { $schema: _, ...schema } = toJsonSchema(SCHEMAS[name], {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema,
  })
  return schema
}

/** The document that describes every door of this server. */
export function openApi({ version }: Pick<Context, 'version'>) {
  const names = Object.keys(SCHEMAS) as SchemaName[] // exactly its keys
  return {
    openapi: '3.1.0',
    info: { title: 'Forgemoot', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths: PATHS,
    components: {
      schemas: Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
    },
  }
}
