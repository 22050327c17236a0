/** Votes on merging. */
import type { ProblemType } from '#shared/problem'
import { ANY, BODY, inQuery, jsonOf, mayHaveSession, needsSession, problems } from './phrases.ts'

/** How whatever a member does in a repository can be refused. */
const MEMBER: ProblemType[] = ['unauthenticated', 'unknown-forge', 'not-imported']

export const TALLIES = {
  '/v1/tallies': {
    get: {
      summary: 'The vote on merging a pull request: who, how, how it stands, what is missing',
      security: mayHaveSession,
      parameters: [inQuery('subject', 'The pull request.', true)],
      responses: {
        200: { description: 'The last one.', ...jsonOf('Tally') },
        ...problems([
          'no-tally',
          'not-imported',
          'unknown-forge',
          'invalid',
          'unauthenticated',
          ...ANY,
        ]),
      },
    },
    post: {
      summary: 'Open the vote on merging a pull request, under the rules of its base branch',
      description:
        'The rules are read and the electorate is settled now. One that is open is answered.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('OpenTally') },
      responses: {
        201: { description: 'The vote.', ...jsonOf('Tally') },
        ...problems([
          ...MEMBER,
          'not-found',
          'no-constitution',
          'constitution-invalid',
          'electorate-unknown',
          'tally-closed',
          'forge-failed',
          'busy',
          ...BODY,
        ]),
      },
    },
  },
  '/v1/tallies/states': {
    post: {
      summary: 'How the votes on merging of many pull requests stand, as a list shows it',
      requestBody: { required: true, ...jsonOf('ReadTallyStates') },
      responses: {
        200: { description: 'Those that have one.', ...jsonOf('TallyStates') },
        ...problems(['unknown-forge', ...BODY]),
      },
    },
  },
  '/v1/tallies/cancel': {
    post: {
      summary: 'End a vote on merging without a decision',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('CancelRequest') },
      responses: {
        200: { description: 'The vote as it ended.', ...jsonOf('Tally') },
        ...problems([...MEMBER, 'no-tally', 'tally-closed', ...BODY]),
      },
    },
  },
  '/v1/record': {
    get: {
      summary: 'Everything that was written down about merging a pull request, to count again',
      description:
        'Of a vote whose results are hidden, ballots are left out until it ends. Where members may let others vote for them, who does is in it.',
      parameters: [inQuery('subject', 'The pull request.', true)],
      responses: {
        200: { description: 'All of it, in order.', ...jsonOf('Record') },
        ...problems(['no-tally', 'not-imported', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/ballots': {
    post: {
      summary: 'Cast a ballot about exactly the commit that was seen',
      description: 'Accepted when it is on the disk. The same id again is answered as a duplicate.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('BallotRequest') },
      responses: {
        200: { description: 'Its receipt, and the vote after it.', ...jsonOf('BallotReply') },
        ...problems([
          ...MEMBER,
          'no-tally',
          'tally-closed',
          'other-head',
          'not-an-elector',
          'ballot-id-taken',
          ...BODY,
        ]),
      },
    },
  },
  '/v1/delegations': {
    post: {
      summary: 'Let another member vote in one’s place, where the rules of a repository allow that',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('DelegationRequest') },
      responses: {
        200: { description: 'Its receipt.', ...jsonOf('DelegationReply') },
        ...problems([...MEMBER, 'not-an-elector', 'ballot-id-taken', ...BODY]),
      },
    },
  },
}
