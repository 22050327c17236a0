/** Issues and pull requests of a whole repository. */
import { ANY, inQuery, jsonOf, mayHaveSession, problems } from './phrases.ts'

export const FEED = {
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
