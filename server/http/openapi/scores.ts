/** What subjects are worth, and why people are against them. */
import { ANY, BODY, inQuery, jsonOf, mayHaveSession, problems } from './phrases.ts'

export const SCORES = {
  '/v1/scores': {
    post: {
      summary: 'Read the scores of subjects',
      description:
        'Keys of the reply are ids, each once. Subjects nobody voted on score as unvoted.',
      security: mayHaveSession,
      requestBody: { required: true, ...jsonOf('ReadScores') },
      responses: {
        200: { description: 'The scores.', ...jsonOf('ScoresReply') },
        ...problems(['unauthenticated', 'unknown-forge', ...BODY]),
      },
    },
  },
  '/v1/reasons': {
    get: {
      summary: 'Why people are against a subject, as far as they said so',
      description: 'Counted by class and reason; a reason that nobody gave is left out.',
      security: mayHaveSession,
      parameters: [inQuery('subject', 'Its id, or the URL of its page.', true)],
      responses: {
        200: { description: 'The counts.', ...jsonOf('ReasonsReply') },
        ...problems(['unauthenticated', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
}
