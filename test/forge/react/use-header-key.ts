import { useEffect, useState } from 'react'
import { hooks } from '../client/hooks.ts'

/** A key that changes with `window.__forge.replaceHeader()`: GitHub replaces its headers now and then. */
export function useHeaderKey(): number {
  const [key, setKey] = useState(0)
  useEffect(() => {
    hooks.replaceHeader = () => setKey((times) => times + 1)
    hooks.settled()
  }, [key])
  return key
}
