/** Draws its text in a shadow root and sets attributes after a while, as GitHub's does. */
export class RelativeTimeElement extends HTMLElement {
  connectedCallback(): void {
    const time = this.getAttribute('datetime')
    if (!time) return
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    const text = document.createElement('span')
    text.setAttribute('part', 'root')
    text.textContent = this.textContent
    root.replaceChildren(text)
    setTimeout(() => this.setAttribute('title', time), 0)
  }
}
