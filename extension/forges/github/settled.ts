import { REACT_LIST, REACT_ROOT } from './slots.ts'

/** Asked of the page's own world, which prevents its default to say yes; see `github-settled.content.ts`. */
export const SETTLED_EVENT = 'forgemoot:settled'

/** How long React may take to begin after its root was there and the page loaded, in milliseconds. */
const PATIENCE = { root: 3000, bare: 250 }

/** When roots were first seen on a page that had loaded; a soft navigation brings new ones. */
const waitingSince = new WeakMap<Element, number>()

/**
 * Whether React has taken over these nodes. A node added before makes hydration fail, and React then
 * throws its tree away. React leaves its mark on nodes only in the page's own world, so that is asked;
 * where React never comes (a page that Rails draws, a saved page) the answer is yes, after a while for
 * what looks like React's.
 */
export function isSettled(element: Element): boolean {
  const inRoot = element.closest(REACT_ROOT)
  const root = inRoot ?? element.closest(REACT_LIST)
  if (!root) return true
  const question = new CustomEvent(SETTLED_EVENT, { bubbles: true, cancelable: true })
  if (!element.dispatchEvent(question)) return true
  if (document.readyState !== 'complete') return false
  const since = waitingSince.get(root) ?? performance.now()
  waitingSince.set(root, since)
  return performance.now() - since > (inRoot ? PATIENCE.root : PATIENCE.bare)
}

const keysOf = (node: Node) => Object.keys(node)
const marked = (node: Node, mark: string) => keysOf(node).some((key) => key.startsWith(mark))

/**
 * Whether React has hydrated or created this node and everything above it. React marks a node when it
 * is done with its children, so an unbroken chain of marks up to the root means the pass is over.
 * For the page's own world only: elsewhere the marks cannot be seen.
 */
export function isMarkedByReact(element: Element): boolean {
  let node: Node | null = element
  while (node && !marked(node, '__reactContainer$')) {
    if (!marked(node, '__reactFiber$')) return false
    node = node.parentNode
  }
  return node !== null
}
