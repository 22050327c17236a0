import { Problem } from '#shared/problem'

/**
 * What a JSON text says. A text that names a field twice is refused: parsers disagree on which one they
 * believe, so what one checks another may not see.
 */
export function readJson(text: string): unknown {
  const value = parsed(text)
  const fields = fieldsOf(value)
  // Every named field brings one colon, so as many colons as fields leave no room for a twin.
  if (colonsIn(text) > fields && namesIn(text) > fields) {
    throw new Problem('bad-request', 'The request says the same field twice.')
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('bad-request', 'The request is not valid JSON.')
  }
}

/** How many fields all objects in a value have. Not recursive: nesting may be as deep as it likes. */
function fieldsOf(value: unknown): number {
  let fields = 0
  const rest = [value]
  while (rest.length) {
    const one = rest.pop()
    if (typeof one !== 'object' || one === null) continue
    const inside = Array.isArray(one) ? one : Object.values(one)
    if (inside !== one) fields += inside.length
    for (const each of inside) if (typeof each === 'object') rest.push(each)
  }
  return fields
}

function colonsIn(text: string): number {
  let colons = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) colons++
  return colons
}

const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/** How many strings of a JSON text are names of fields. */
function namesIn(text: string): number {
  let names = 0
  for (const [, colon] of text.matchAll(STRING)) if (colon !== undefined) names++
  return names
}
