import { hashOf } from '../world/random.ts'

let release = 'forge'

/** Sets the deploy whose hashes end the class names; both sides call it before they render. */
export function setRelease(name: string): void {
  release = name
}

/** `Name-module__part__hash` for each name: only the part before the hash survives a deploy. */
export function css(...names: (string | false)[]): string {
  return names
    .filter((name) => name !== false)
    .map((name) => (name.includes('-module__') ? `${name}__${suffixOf(name)}` : name))
    .join(' ')
}

function suffixOf(name: string): string {
  return hashOf(`${release}:${name}`).toString(36).padStart(6, 'x').slice(0, 5)
}
