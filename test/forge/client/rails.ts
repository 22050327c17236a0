/** Keys of the Rails lists: `j` and `k` walk from row to row as they stand in the document. */
export function listenForRailsKeys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.composedPath()[0]
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return
    if (target instanceof Element && target.closest('input, textarea, select')) return
    const list = document.querySelector('.js-navigation-container.js-active-navigation-container')
    if (!list || !['j', 'k'].includes(event.key)) return
    const rows = [...list.querySelectorAll(':scope > .js-navigation-item')]
    const place = rows.findIndex((row) => row.classList.contains('navigation-focus'))
    const next =
      rows[event.key === 'j' ? Math.min(place + 1, rows.length - 1) : Math.max(place - 1, 0)]
    for (const row of rows) row.classList.toggle('navigation-focus', row === next)
    next?.querySelector<HTMLElement>('.js-navigation-open')?.focus()
  })
}

/** Marks the row under the pointer; replaces the class attribute whole, as GitHub's does. */
export function listenForRailsHover(): void {
  document.addEventListener('mouseover', ({ target }) => {
    const row = target instanceof Element ? target.closest('.js-issue-row') : null
    for (const other of document.querySelectorAll('.js-issue-row.is-hovered')) {
      if (other !== row) other.className = other.className.replace(' is-hovered', '')
    }
    if (row && !row.classList.contains('is-hovered')) row.className += ' is-hovered'
  })
}
