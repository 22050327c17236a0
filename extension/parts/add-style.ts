/** Adds a sheet to a widget's own. Firefox 140 lets no content script adopt one. */
export function addStyle(root: ShadowRoot, css: string): void {
  if (import.meta.env.FIREFOX) {
    const style = document.createElement('style')
    style.textContent = css
    root.append(style)
    return
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
