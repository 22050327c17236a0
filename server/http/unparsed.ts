import { STATUS_CODES } from 'node:http'
import { Problem } from '#shared/problem'

/** The whole answer, as it goes over the wire, to what Node could not read as a request. */
export function unparsed(code: string | undefined): string {
  const { document } = problemOf(code)
  const body = JSON.stringify(document)
  return [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    '',
    body,
  ].join('\r\n')
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Problem('headers-too-large', 'The address and the headers are too long. Send fewer.')
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem('too-slow', 'The request did not arrive in time. Send it again.')
  }
  return new Problem('bad-request', 'This is not an HTTP request that can be read.')
}
