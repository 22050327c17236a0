import { fileURLToPath } from 'node:url'

/** The path that a `file:` URL names, as the database reads it. Throws when a `%` stands for nothing. */
export function pathOf(url: string): string {
  return /^file:\/\//i.test(url)
    ? fileURLToPath(url)
    : decodeURIComponent(url.slice('file:'.length).replace(/[?#].*$/s, ''))
}
