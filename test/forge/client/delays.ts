/** The delays that the test asked for, in milliseconds; the server writes them in the page. */
export function delayOf(name: 'hydration'): number {
  const value = document.querySelector<HTMLMetaElement>(`meta[name="forge-${name}"]`)?.content
  return Number(value ?? 0)
}
