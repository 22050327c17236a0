/** HTML that is known to be safe. */
export interface Html {
  html: string
}

/** A template whose values are escaped, unless they are `Html` themselves. Lists are joined. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  const text = strings.map((part, index) => (index ? write(values[index - 1]) : '') + part).join('')
  return { html: text }
}

/** Trusts a text as HTML. */
export function raw(text: string): Html {
  return { html: text }
}

function write(value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(write).join('')
  if (typeof value === 'object' && 'html' in value) return String(value.html)
  return escape(String(value))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? found)
}

/** A title: text, and what stood between backquotes as code. */
export function titleHtml(title: string): Html[] {
  return title
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`))
}

/** JSON that cannot end the script element it stands in. */
export function jsonHtml(value: unknown): Html {
  return raw(JSON.stringify(value).replaceAll('<', '\\u003c'))
}
