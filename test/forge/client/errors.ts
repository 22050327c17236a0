import { brokenNodes } from './integrity.ts'
import './globals.ts'

window.__forgeErrors = []
window.__forgeRowClicks = []
window.__forgeHydrated = false
window.__forge = { integrity: brokenNodes }

window.addEventListener('error', ({ message }) => window.__forgeErrors.push(`error: ${message}`))
window.addEventListener('unhandledrejection', ({ reason }) =>
  window.__forgeErrors.push(`rejection: ${String(reason)}`),
)

/** Keeps an error for the test and shows it where a person would look. */
export function reportError(kind: string): (error: unknown) => void {
  return (error) => {
    window.__forgeErrors.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`)
    console.error(kind, error)
  }
}
