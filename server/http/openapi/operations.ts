/** What the server says about itself. */
import { ANY, jsonOf, mayHaveSession, problems, text } from './phrases.ts'

export const OPERATIONS = {
  '/healthz': {
    get: {
      summary: 'Whether the server runs',
      responses: { 200: { description: 'It does.', ...text } },
    },
  },
  '/readyz': {
    get: {
      summary: 'Whether the server can do its work: read, commit, and go on doing so',
      responses: {
        200: { description: 'It can.', ...jsonOf('Readiness') },
        503: { description: 'Something is in its way.', ...jsonOf('Readiness') },
      },
    },
  },
  '/metrics': {
    get: {
      summary: 'What the server does, in numbers for Prometheus',
      description: 'For this machine, or with FORGEMOOT_METRICS_TOKEN as a bearer token.',
      security: mayHaveSession,
      responses: { 200: { description: 'They.', ...text }, ...problems(['forbidden']) },
    },
  },
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
  '/problems/{type}': {
    get: {
      summary: 'What a problem means',
      parameters: [{ name: 'type', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: 'A sentence.', ...text }, ...problems(['not-found']) },
    },
  },
  '/v1/about': {
    get: {
      summary: 'What this server is and can do',
      responses: { 200: { description: 'This.', ...jsonOf('About') }, ...problems(ANY) },
    },
  },
}
