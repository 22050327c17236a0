/** The page's own nodes as text, so that a page with the extension can be compared with one without. */
import type { Page } from '@playwright/test'

/** Whether the marks of an arranged list (an attribute, `order` in styles) are told or passed over. */
type Marks = 'all' | 'not those of order'

/** One line for each node that is not ours. The attribute on the document that keeps room is ours. */
export function treeOf(page: Page, marks: Marks = 'not those of order'): Promise<string[]> {
  return page.evaluate((told) => {
    const lines: string[] = []
    const attributesOf = (element: Element) =>
      [...element.attributes].flatMap(({ name, value }) => {
        if (name === 'data-forgemoot' && element === document.documentElement) return []
        if (told === 'all') return [`${name}="${value}"`]
        if (name === 'data-forgemoot-arranged') return []
        const rest = name === 'style' ? value.replace(/^order: \d+;$/, '') : value
        return name === 'style' && rest === '' ? [] : [`${name}="${rest}"`]
      })
    const write = (node: Node, depth: number) => {
      const indent = ' '.repeat(depth)
      if (!(node instanceof Element)) {
        lines.push(`${indent}${node.nodeName} ${JSON.stringify(node.nodeValue)}`)
        return
      }
      if (node.hasAttribute('data-forgemoot-own')) return
      lines.push(`${indent}<${[node.localName, ...attributesOf(node).toSorted()].join(' ')}>`)
      for (const child of node.childNodes) write(child, depth + 1)
    }
    write(document.documentElement, 0)
    return lines
  }, marks)
}

/** The first line in which two trees differ; undefined when none does. */
export function difference(expected: string[], actual: string[]): string | undefined {
  const at = expected.findIndex((line, index) => line !== actual[index])
  if (at < 0 && expected.length === actual.length) return undefined
  const line = at < 0 ? expected.length : at
  return `line ${line}: expected ${expected[line]}, found ${actual[line]}`
}

/** Waits until React runs, the list's second query was answered and nothing changes any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (window as unknown as { __forgeHydrated: boolean }).__forgeHydrated,
  )
  let [before, after] = [['']] as string[][]
  do {
    before = after
    await page.waitForTimeout(150)
    after = await treeOf(page)
  } while (!before || !after || difference(before, after) !== undefined)
}

/** Remembers every node of the page with its parent and neighbour; see `movedNodes`. */
export function rememberNodes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL, (node) =>
      node instanceof Element && node.hasAttribute('data-forgemoot-own')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    )
    const known: { node: Node; parent: Node | null; next: Node | null }[] = []
    const nextOf = (node: Node) => {
      let next = node.nextSibling
      while (next instanceof Element && next.hasAttribute('data-forgemoot-own'))
        next = next.nextSibling
      return next
    }
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      known.push({ node, parent: node.parentNode, next: nextOf(node) })
    Object.assign(window, {
      movedNodes: () =>
        known
          .filter(({ node, parent, next }) => node.parentNode !== parent || nextOf(node) !== next)
          .map(({ node }) => node.nodeName),
    })
    return known.length
  })
}

/** Names of the remembered nodes that are no longer where they were. */
export function movedNodes(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { movedNodes(): string[] }).movedNodes())
}

/** What a page wrote on its console and threw, as it comes. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`))
  return complaints
}
