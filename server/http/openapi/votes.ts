/** Casting votes. */
import { BODY, jsonOf, needsSession, problems } from './phrases.ts'

export const VOTES = {
  '/v1/votes': {
    post: {
      summary: 'Cast votes',
      description:
        'An answer means that the accepted votes are on the disk. Sending a vote again is harmless: it is ' +
        'known by its id. Which of two votes stands is decided by the order of receipts, not by castAt. A vote ' +
        'down may say why; one that says it later is another vote, and counts once like any other.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('CastVotes') },
      responses: {
        200: {
          description: 'What became of each, in the order of the request.',
          ...jsonOf('VotesReply'),
        },
        ...problems(['unauthenticated', 'unknown-forge', 'busy', ...BODY]),
        ...problems(['unknown-forge', 'from-the-future', 'vote-id-taken'], 'VotesProblem'),
      },
    },
  },
}
