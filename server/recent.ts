/** A map that forgets what has not been asked for lately. */
export interface Recent<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
}

/**
 * Remembers at least the `capacity` entries used last, and at most twice as many: entries live in a young
 * and an old generation, a use makes them young, and a full young generation becomes the old one. No
 * bookkeeping for each use, which is most of what an exact LRU costs. With capacity 0 nothing is kept.
 */
export function recent<V>(capacity: number): Recent<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  function set(key: string, value: V) {
    if (capacity === 0) return
    young.set(key, value)
    if (young.size < capacity) return
    old = young
    young = new Map()
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
      young.delete(key)
      old.delete(key)
    },
  }
}
