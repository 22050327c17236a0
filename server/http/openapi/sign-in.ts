/** Signing in, the sessions that come of it, and setting that up. */
import type { ProblemType } from '#shared/problem'
import { ANY, BODY, inQuery, jsonOf, needsSession, page, problems } from './phrases.ts'

/** How signing in with GitHub can fail. */
const GITHUB: ProblemType[] = [
  'sign-in-over',
  'sign-in-refused',
  'not-a-person',
  'not-configured',
  'forge-failed',
]

export const SIGN_IN = {
  '/auth/local': {
    post: {
      summary: 'Sign in with any login, on this machine only',
      requestBody: { required: true, ...jsonOf('SignInLocally') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        ...problems(BODY),
      },
    },
  },
  '/auth/github': {
    get: {
      summary: 'Where to send somebody who wants to sign in with GitHub',
      responses: {
        200: {
          description: 'The app by which GitHub knows this server.',
          ...jsonOf('GitHubClient'),
        },
        ...problems(['not-configured', ...ANY]),
      },
    },
    post: {
      summary: 'Sign in with the code that GitHub gave (web flow, PKCE with S256)',
      requestBody: { required: true, ...jsonOf('SignInWithGitHub') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        ...problems([...GITHUB, ...BODY]),
      },
    },
  },
  '/auth/github/device': {
    post: {
      summary: 'Get a code to enter on GitHub’s page (device flow)',
      responses: {
        200: { description: 'The code, and a handle to ask with.', ...jsonOf('DeviceReply') },
        ...problems(['not-configured', 'forge-failed', 'busy', ...ANY]),
      },
    },
  },
  '/auth/github/device/token': {
    post: {
      summary: 'Ask whether the code was entered',
      requestBody: { required: true, ...jsonOf('AskDevice') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        202: { description: 'Not yet.', ...jsonOf('DevicePending') },
        ...problems([...GITHUB, ...BODY]),
      },
    },
  },
  '/auth/session': {
    get: {
      summary: 'Who is signed in',
      security: needsSession,
      responses: {
        200: { description: 'The person.', ...jsonOf('CurrentSession') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
    delete: {
      summary: 'Sign out: the token opens nothing any more',
      security: needsSession,
      responses: { 204: { description: 'Done.' }, ...problems(['unauthenticated', ...ANY]) },
    },
  },
  '/v1/sessions': {
    get: {
      summary: 'The caller’s open sessions, newest first',
      security: needsSession,
      responses: {
        200: { description: 'They.', ...jsonOf('SessionsReply') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
    delete: {
      summary: 'Sign out everywhere',
      security: needsSession,
      responses: { 204: { description: 'Done.' }, ...problems(['unauthenticated', ...ANY]) },
    },
  },
  '/v1/sessions/{id}': {
    delete: {
      summary: 'End one of the caller’s sessions',
      security: needsSession,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        204: { description: 'Done.' },
        ...problems(['unauthenticated', 'not-found', ...ANY]),
      },
    },
  },
  '/setup': {
    get: {
      summary: 'The page on which an operator sets up signing in with GitHub',
      description: 'For this machine, or with the token that the server printed at its start.',
      parameters: ['token', 'name', 'organization', 'address'].map((name) => inQuery(name)),
      responses: {
        200: { description: 'The page.', ...page },
        403: { description: 'A page that says who may.', ...page },
      },
    },
  },
  '/setup/done': {
    get: {
      summary: 'Where GitHub sends the operator back to',
      parameters: ['code', 'state'].map((name) => inQuery(name)),
      responses: {
        200: { description: 'A page that says what to do next.', ...page },
        400: { description: 'A page that says why not.', ...page },
      },
    },
  },
}
