/** Votes, and what they add up to. */
import { ANY, BODY, inQuery, jsonOf, mayHaveSession, needsSession, problems } from './phrases.ts'

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
  '/v1/feed': {
    get: {
      summary: 'The issues and pull requests of a whole repository, in one of the orders',
      description:
        'Pages follow each other by `next`. What gets votes while somebody reads on may move past the ' +
        'place where they are: it is seen at its new place when they begin anew.',
      security: mayHaveSession,
      parameters: [
        inQuery('repo', 'Its address, or the URL of a page of it.', true),
        inQuery('kind', '`issue` or `pull`; both when absent.'),
        inQuery('state', '`open` (when absent), `closed` or `all`.'),
        inQuery('sort', '`value` (when absent), `top`, `hot`, `rising`, `controversial` or `new`.'),
        inQuery('label', 'A label’s name. Several times for several: an item has to have all.'),
        inQuery('author', 'A login.'),
        inQuery('limit', 'Items on a page, from 1 to 100; 25 when absent.'),
        inQuery('cursor', '`next` of the page before.'),
      ],
      responses: {
        200: { description: 'A page.', ...jsonOf('FeedReply') },
        ...problems(['unauthenticated', 'unknown-forge', 'not-imported', 'invalid', ...ANY]),
      },
    },
  },
}
