const sheets = new Map<string, CSSStyleSheet>()

/** Gives a widget a sheet of its own, behind the one that all share. */
export function addSheet(root: ShadowRoot, css: string): void {
  if (import.meta.env.FIREFOX) {
    // Firefox 140 lets no content script adopt a sheet.
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
