const sheets = new Map<string, CSSStyleSheet>()

/** Adds a sheet to a widget's own. Firefox 140 lets no content script adopt one. */
export function addStyle(root: ShadowRoot, css: string): void {
  if (import.meta.env.FIREFOX) {
    const style = document.createElement('style')
    style.textContent = css
    root.append(style)
    return
  }
  const sheet = sheets.get(css) ?? new CSSStyleSheet()
  if (!sheets.has(css)) sheet.replaceSync(css)
  sheets.set(css, sheet)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
