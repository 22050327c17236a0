/** Has the browser save something as a file of JSON. */
export function saveFile(name: string, content: unknown): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A day as files are named. */
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
