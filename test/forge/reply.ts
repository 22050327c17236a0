/** An answer before it is written to the connection. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

/** GitHub's policy with its own asset host replaced by the page's: nothing is loaded from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src https://github.com/assets/ 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
].join('; ')

export function htmlReply(body: string, status = 200): Reply {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    vary: 'Accept, X-Requested-With',
  }
  return { status, headers, body }
}

export function jsonReply(value: unknown, status = 200): Reply {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    vary: 'Accept, X-Requested-With',
  }
  return { status, headers, body: JSON.stringify(value) }
}

export function redirectReply(location: string): Reply {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' }
}
