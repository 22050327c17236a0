import { hash, randomBytes } from 'node:crypto'

/** A new session token: 256 random bits, base64url. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What is kept of a token. A plain hash is enough: there is nothing to guess in 256 random bits. */
export const tokenHashOf = (token: string) => hash('sha256', token, 'base64url')
