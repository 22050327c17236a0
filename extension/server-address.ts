import { Problem } from '#shared/problem'

/** Whether an origin is this machine. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** Whether a page may be opened for something secret: it is encrypted, or on this machine. */
export function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, origin } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(origin))
}

/**
 * The origin of a server's address as a person writes it, with or without a scheme; a Problem that says
 * what to write instead. Only this machine may be asked without encryption.
 */
export function serverOriginOf(text: string): string {
  const trimmed = text.trim()
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : withScheme(trimmed))
  if (!url?.hostname || !/^https?:$/.test(url.protocol))
    throw new Problem('invalid', 'This is not an address. Write it like https://moot.example.org.')
  if (url.protocol === 'http:' && !isLoopback(url.origin))
    throw new Problem(
      'invalid',
      `Votes and sign-ins would travel unencrypted. Write https://${url.host}, or use a server on this machine.`,
    )
  return url.origin
}

function withScheme(text: string): string {
  const local = parse(`http://${text}`)
  return local && isLoopback(local.origin) ? local.href : `https://${text}`
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
