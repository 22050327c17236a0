/** A map that forgets what has not been asked for lately. */
export interface Recent<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
}

const ONE = () => 1

/**
 * Remembers at least the `capacity` entries used last, and at most twice as many: entries live in a young
 * and an old generation, a use makes them young, and a full young generation becomes the old one. No
 * bookkeeping for each use, which is most of what an exact LRU costs. With capacity 0 nothing is kept. Where
 * entries differ in size, `weightOf` says what each of them counts for.
 */
export function recent<V>(
  capacity: number,
  weightOf: (value: V, key: string) => number = ONE,
): Recent<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()
  let weight = 0

  function set(key: string, value: V) {
    if (capacity === 0) return
    const before = young.get(key)
    if (before !== undefined) weight -= weightOf(before, key)
    young.set(key, value)
    weight += weightOf(value, key)
    if (weight < capacity) return
    old = young
    young = new Map()
    weight = 0
  }

  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
    delete(key) {
      const before = young.get(key)
      if (before !== undefined) weight -= weightOf(before, key)
      young.delete(key)
      old.delete(key)
    },
  }
}
