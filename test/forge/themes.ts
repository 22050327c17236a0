/**
 * `auto` follows the system. CSS cannot share a block of declarations between an attribute and a media
 * query, so the dark blocks are repeated here under the query when the stylesheet is served.
 */
export function withSystemThemes(style: string): string {
  const dark = [...style.matchAll(/\[data-color-mode='dark'\][^{]*\{[^}]*\}\n/g)]
  const repeated = dark.map(([rule]) => rule.replaceAll("mode='dark'", "mode='auto'"))
  const query = `@media (prefers-color-scheme: dark) {\n${repeated.join('\n')}}`
  return style + query
}
