/** Where a request comes from, as far as that can be believed. */
import type { IncomingMessage } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { Context as Call } from 'hono'
import { incomingOf } from './headers.ts'
import { isLoopback } from '../loopback.ts'

/**
 * Who is asking, as far as limits go: an address, or the network of 2^64 addresses that one customer has;
 * undefined for this machine. `proxies` is how many reverse proxies stand before the server: each adds to
 * `X-Forwarded-For` whom it saw, and what stands before those entries is anybody's invention.
 */
export function senderOf(call: Call, proxies: number): string | undefined {
  const incoming = incomingOf(call)
  return incoming && networkOfSender(incoming, proxies)
}

/** The same of Node's own request. */
export function networkOfSender(incoming: IncomingMessage, proxies: number): string | undefined {
  const forwarded = proxies > 0 ? incoming.headers['x-forwarded-for'] : undefined
  if (forwarded === undefined) return networkBehind(incoming.socket)
  const entries = String(forwarded).split(',')
  return networkOf((entries[Math.max(0, entries.length - proxies)] ?? '').trim())
}

const networks = new WeakMap<Socket, string | undefined>()

/** The network that a connection comes from, which is read once: most requests share theirs with others. */
function networkBehind(socket: Socket): string | undefined {
  if (!networks.has(socket)) networks.set(socket, networkOf(socket.remoteAddress ?? ''))
  return networks.get(socket)
}

/** What an address is counted as. What is no address is counted together. */
export function networkOf(address: string): string | undefined {
  const bare = address
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  if (isLoopback(bare) || address === '') return undefined
  const version = isIP(bare)
  if (version === 4) return bare
  return version === 6 ? `${firstHalf(bare)}::/64` : 'unreadable'
}

/** The first 64 bits of an IPv6 address, always written the same way. */
function firstHalf(address: string): string {
  const [before = '', after = ''] = address.toLowerCase().split('::')
  const groups = before === '' ? [] : before.split(':')
  const rest = after === '' ? [] : after.split(':')
  // A last group in the form of IPv4 counts for two, and stands in the other half.
  const size = groups.length + rest.length + (address.includes('.') ? 1 : 0)
  if (address.includes('::')) groups.push(...Array.from({ length: 8 - size }, () => '0'), ...rest)
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
