/** Imports from the forge, and what it tells by itself. */
import { ANY, BODY, jsonOf, needsSession, problems } from './phrases.ts'

export const IMPORTS = {
  '/v1/imports': {
    post: {
      summary: 'Import a repository from its forge, or go on where that was left',
      description: 'While one of the same repository is on its way, it is answered with that one.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('StartImport') },
      responses: {
        202: { description: 'How far it is.', ...jsonOf('Import') },
        ...problems(['unauthenticated', 'unknown-forge', 'busy', ...BODY]),
      },
    },
  },
  '/v1/imports/{id}': {
    get: {
      summary: 'How far an import is',
      security: needsSession,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        200: { description: 'This far.', ...jsonOf('Import') },
        ...problems(['unauthenticated', 'not-found', ...ANY]),
      },
    },
  },
  '/webhooks/github': {
    post: {
      summary: 'What GitHub tells by itself, signed with the secret that it was given',
      parameters: [
        { name: 'X-Hub-Signature-256', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'X-GitHub-Event', in: 'header', required: true, schema: { type: 'string' } },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      responses: {
        202: {
          description:
            'Heard; `taken` when something was done, which once it was is not done again.',
          ...jsonOf('Taken'),
        },
        ...problems(['unauthenticated', 'too-large', 'unsupported-media-type', ...ANY]),
      },
    },
  },
}
