/** Places of a page whose children belong to the page and must stay where they are. */
const containers = [
  '[data-listview-component="items-list"]',
  '[data-listview-component="items-list"] [id*="-list-view-node-"]',
  '.js-navigation-container',
  '.js-issue-row',
  '.js-discussion',
  '.prc-PageHeader-PageHeader',
  '[data-testid="issue-viewer-container"]',
].join()

const known = new Map<Element, Element[]>()

/** Remembers the page's own nodes. Call after the page itself has changed them. */
export function rememberNodes(): void {
  known.clear()
  for (const container of document.querySelectorAll(containers)) {
    known.set(container, [...container.children].filter(isOwn))
  }
}

/** Whether the page made the element, and not the extension under test. */
function isOwn(element: Element): boolean {
  const foreign = element.localName.startsWith('forgemoot-')
  return !foreign && !element.hasAttribute('data-forgemoot-own')
}

/** Says which of the page's nodes were moved, removed or put in another order. */
export function brokenNodes(): string[] {
  return [...known].flatMap(([container, children]) => {
    if (!container.isConnected) return []
    const now = [...container.children].filter((child) => children.includes(child))
    const same = now.length === children.length && now.every((child, at) => child === children[at])
    return same ? [] : [`children of ${describe(container)} were moved or removed`]
  })
}

function describe(element: Element): string {
  return `${element.localName}${element.id ? `#${element.id}` : ''}.${element.className}`
}
