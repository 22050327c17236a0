/** A page that plays a person: it presses our buttons by script and renames our subjects. */
export function behaveHostile(): void {
  if (!document.querySelector('meta[name="forge-hostile"]')) return
  window.__forge.forgeClicks = () => {
    const buttons = [...document.querySelectorAll('*')].flatMap((element) => [
      ...(element.shadowRoot?.querySelectorAll<HTMLElement>('button, [role="button"], input') ??
        []),
    ])
    for (const button of buttons) press(button)
    return buttons.length
  }
  window.__forge.forgeSubjects = () => {
    const widgets = [...document.querySelectorAll<HTMLElement>('[data-subject]')]
    for (const widget of widgets) widget.dataset.subject = 'https://github.com/moot/garden/issues/1'
    return widgets.length
  }
  const press = (button: HTMLElement) => {
    button.click()
    const init = { bubbles: true, composed: true, cancelable: true }
    for (const name of ['pointerdown', 'pointerup'])
      button.dispatchEvent(new PointerEvent(name, init))
    for (const name of ['mousedown', 'mouseup', 'click'])
      button.dispatchEvent(new MouseEvent(name, init))
    for (const key of ['Enter', ' ']) {
      for (const name of ['keydown', 'keyup'])
        button.dispatchEvent(new KeyboardEvent(name, { ...init, key }))
    }
  }
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.matches('#forge-clicks')) window.__forge.forgeClicks?.()
    if (target.matches('#forge-subjects')) window.__forge.forgeSubjects?.()
  })
}
