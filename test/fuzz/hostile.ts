/** What is thrown at parsers: right things, bent a little or a lot, and things that have broken parsers before. */
import fc from 'fast-check'

/** Stands in texts that must not come out of the server as they went in. */
export const MARK = `<fuzz a='b' c="d">`

const TRICKY = [
  '',
  '\0',
  '\r\n',
  '\u2028',
  '\ud800',
  '\u202e',
  'K', // the Kelvin sign, a k in lower case
  'ſ',
  'İ',
  '%00',
  '%2e%2e',
  '..',
  '//',
  '\\',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '&x *x',
  '!!js/function',
  '? : - # |',
  '\t',
  "' OR 1=1 --",
  '"; DROP TABLE log; --',
  '${jndi:ldap://x}',
  MARK,
  'a'.repeat(300),
  '('.repeat(200),
  '[['.repeat(500),
  '🦊'.repeat(50),
]

/** Any text. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(...TRICKY) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...TRICKY), { maxLength: 6 }).map((all) => all.join('')),
  },
)

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  2,
  0.5,
  1e21,
  -1e21,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  8.64e15,
  8.64e15 + 1,
  1e308,
]

/** Any value that JSON can say. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: {} }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

interface Edit {
  kind: 'insert' | 'delete' | 'double' | 'swap' | 'cut' | 'case'
  /** Parts of the whole, from 0 to 1. */
  from: number
  size: number
  text: string
}

const part = fc.integer({ min: 0, max: 1000 }).map((thousandth) => thousandth / 1000)

const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom('insert', 'delete', 'double', 'swap', 'cut', 'case'),
    from: part,
    size: part,
    text: hostileText,
  }),
  { minLength: 0, maxLength: 4 },
)

function edited(text: string, { kind, from, size, text: more }: Edit): string {
  const at = Math.floor(from * text.length)
  const end = Math.min(text.length, at + Math.ceil(size * size * 20))
  const [before, inside, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)]
  if (kind === 'insert') return before + more + inside + after
  if (kind === 'delete') return before + after
  if (kind === 'double') return before + inside + inside + after
  if (kind === 'swap') return after + inside + before
  if (kind === 'cut') return before
  return before + inside.toUpperCase() + after
}

/** One of these texts, bent; now and then it stays as it is. */
export const bentText = (seeds: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...seeds), edits).map(([seed, all]) => all.reduce(edited, seed))

interface Bend {
  kind: 'replace' | 'delete' | 'add' | 'wrap' | 'grow'
  /** Which of all places in the value. */
  where: number
  name: string
  value: unknown
}

const bends = fc.array(
  fc.record<Bend>({
    kind: fc.constantFrom('replace', 'replace', 'delete', 'add', 'wrap', 'grow'),
    where: part,
    name: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'id', 'length', MARK), hostileText),
    value: hostileValue,
  }),
  { minLength: 0, maxLength: 4 },
)

/** The JSON of one of these values, bent. */
export const bentJson = (seeds: readonly unknown[]): fc.Arbitrary<string> => {
  const texts = seeds.map((seed) => JSON.stringify(seed))
  return fc
    .tuple(fc.constantFrom(...texts), bends)
    .map(([seed, all]) => JSON.stringify(all.reduce(bent, JSON.parse(seed) as unknown)) ?? 'null')
}

type Holder = Record<string, unknown>

/** The value with one of its places changed. */
function bent(value: unknown, { kind, where, name, value: given }: Bend): unknown {
  // A value of its own: the next bend may change what is in it.
  const next = structuredClone(given)
  const places = placesIn(value)
  const place = places[Math.floor(where * places.length)]
  if (!place || kind === 'wrap') return kind === 'wrap' ? [value] : next
  const [holder, key] = place
  if (kind === 'delete') delete holder[key]
  else if (kind === 'replace') holder[key] = next
  // As an own field, which is what JSON.parse makes of such a name.
  else if (kind === 'add' && !Array.isArray(holder))
    Object.defineProperty(holder, name, {
      value: next,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  else if (places.length < 300) {
    holder[key] = Array.from({ length: 40 }, () => structuredClone(holder[key]))
  }
  return value
}

/** Every field and every entry of a value. */
function placesIn(value: unknown): [Holder, string][] {
  const found: [Holder, string][] = []
  const rest = [value]
  while (rest.length && found.length < 500) {
    const one = rest.pop()
    if (typeof one !== 'object' || one === null) continue
    for (const key of Object.keys(one)) {
      found.push([one as Holder, key]) // an object or a list: both are read by key
      rest.push((one as Holder)[key])
    }
  }
  return found
}
