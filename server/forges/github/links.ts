/** The `Link` header, RFC 8288, as GitHub writes it. */

/** The address that stands in a relation; null when there is none. */
export function linkTo(header: string | null, relation: string, base: string): string | null {
  for (const [, target = '', relations = ''] of (header ?? '').matchAll(
    /<([^<>]{1,4000})>[^,<]*;\s*rel="([^"]*)"/g,
  )) {
    if (relations.split(' ').includes(relation) && URL.canParse(target, base)) {
      return new URL(target, base).href
    }
  }
  return null
}

const numberOf = (address: string) => Number(new URL(address).searchParams.get('page'))

/** How many pages there are from this one on; null when the header does not say which is the last. */
export function lastPage(header: string | null, base: string): { after: number } | null {
  const last = linkTo(header, 'last', base)
  const next = linkTo(header, 'next', base)
  if (last === null || next === null || !numberOf(last) || !numberOf(next)) return null
  return { after: Math.max(1, numberOf(last) - numberOf(next) + 2) }
}
