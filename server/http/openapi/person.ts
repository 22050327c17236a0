/** What a server knows about the caller. */
import { ANY, inQuery, jsonOf, needsSession, problems } from './phrases.ts'

export const PERSON = {
  '/v1/voter': {
    get: {
      summary: 'What the reader is in a repository when votes are counted there, and why',
      security: needsSession,
      parameters: [inQuery('repo', 'Its address, or the URL of a page of it.', true)],
      responses: {
        200: { description: 'Contributor or other.', ...jsonOf('Voter') },
        ...problems(['unauthenticated', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/me/export': {
    get: {
      summary: 'Everything that this server holds about the caller',
      security: needsSession,
      responses: {
        200: { description: 'All of it.', ...jsonOf('PersonExport') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
  },
  '/v1/me': {
    delete: {
      summary: 'Forget the caller',
      description:
        'Withdraws their votes by entries in the log, ends their sessions, and empties their row. The log ' +
        'keeps a number that leads to nobody; whoever signs in with the same account later is somebody new.',
      security: needsSession,
      responses: {
        204: { description: 'Done.' },
        ...problems(['unauthenticated', 'busy', ...ANY]),
      },
    },
  },
}
