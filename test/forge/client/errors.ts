import { errors, hooks, rowClicks } from './hooks.ts'
import { brokenNodes, rememberNodes } from './integrity.ts'

Object.assign(hooks, { integrity: brokenNodes, settled: rememberNodes })
Object.assign(window, {
  __forge: hooks,
  __forgeErrors: errors,
  __forgeRowClicks: rowClicks,
  __forgeHydrated: false,
})

window.addEventListener('error', ({ message }) => errors.push(`error: ${message}`))
window.addEventListener('unhandledrejection', ({ reason }) =>
  errors.push(`rejection: ${String(reason)}`),
)

/** Says that the page runs: React has taken over the server's HTML, if there is any. */
export function announceHydrated(): void {
  Object.assign(window, { __forgeHydrated: true })
  document.dispatchEvent(new CustomEvent('forge:hydrated'))
}

/** Keeps an error for the test and shows it where a person would look. */
export function reportError(kind: string): (error: unknown) => void {
  return (error) => {
    errors.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`)
    console.error(kind, error)
  }
}
