/** A part of a Rails page that asks for its content by itself. */
export class IncludeFragmentElement extends HTMLElement {
  connectedCallback(): void {
    const src = this.getAttribute('src')
    if (src) setTimeout(() => void this.load(src), 150)
  }

  async load(src: string): Promise<void> {
    const response = await fetch(src)
    if (!response.ok || !this.isConnected) return
    this.replaceWith(fragmentOf(await response.text()))
  }
}

/** "Load more" of a Rails timeline: what it stands for takes its place. */
export function listenForPagination(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('.ajax-pagination-btn') : null
    const url = button?.getAttribute('data-url')
    if (button && url) void load(button, url)
  })
}

async function load(button: Element, url: string): Promise<void> {
  const response = await fetch(url)
  button.closest('.ajax-pagination-form')?.replaceWith(fragmentOf(await response.text()))
}

function fragmentOf(text: string): DocumentFragment {
  const { body } = new DOMParser().parseFromString(text, 'text/html')
  const fragment = document.createDocumentFragment()
  fragment.append(...[...body.childNodes].map((node) => document.importNode(node, true)))
  return fragment
}
