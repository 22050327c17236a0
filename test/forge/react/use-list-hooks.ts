import { useEffect, useRef, useState } from 'react'
import { hooks } from '../client/hooks.ts'
import { hrefOf } from './bits.tsx'
import type { ListView, RowView, Secondary } from './views.ts'

/** What a live list does after hydration: second query, keys, and the hooks of `hooks`. */
export function useListHooks(view: ListView, go: (href: string) => void) {
  const [shown, setShown] = useState({ view, rows: view.rows })
  const [paint, setPaint] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [query, setQuery] = useState(0)
  // Another page of the list replaces the rows in the same render, as GitHub's router does.
  const rows = shown.view === view ? shown.rows : view.rows
  if (shown.view !== view) setShown({ view, rows: view.rows })

  const setRows = (change: (rows: RowView[]) => RowView[]) =>
    setShown((before) => (before.view === view ? { view, rows: change(before.rows) } : before))

  useEffect(() => {
    const abort = new AbortController()
    const ask = async () => {
      const found = await fetchSecondary(view, abort.signal)
      if (!found) return
      setRows((before) =>
        before.map((row) => ({ ...row, secondary: found[keyOf(row)] ?? row.secondary })),
      )
      setPaint((times) => times + 1)
    }
    void ask()
    return () => abort.abort()
  }, [view, query])

  const select = (row: RowView) =>
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(row.number)) after.add(row.number)
      return after
    })

  const latest = useRef({ rows, select, go })
  useEffect(() => {
    latest.current = { rows, select, go }
  })

  useEffect(() => hooks.settled(), [rows.length])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => pressKey(event, view, latest.current)
    document.addEventListener('keydown', onKey)
    Object.assign(hooks, {
      rerender: () => setPaint((times) => times + 2),
      repaint: () => {
        setRows((before) => before.map((row) => ({ ...row, secondary: null })))
        setPaint((times) => times + 1)
        setQuery((times) => times + 1)
      },
      prepend: () => {
        setRows((before) => (view.spare ? [view.spare, ...before] : before))
        setQuery((times) => times + 1)
      },
      closeFirst: () => setRows((before) => before.slice(1)),
    })
    return () => document.removeEventListener('keydown', onKey)
  }, [view])

  return { rows, paint, selected, select }
}

function keyOf({ owner, repo, number }: RowView): string {
  return `${owner}/${repo}#${number}`
}

async function fetchSecondary(
  view: ListView,
  signal: AbortSignal,
): Promise<Record<string, Secondary> | undefined> {
  const rows = view.spare ? [...view.rows, view.spare] : view.rows
  const ids = rows.map(keyOf).join()
  try {
    const response = await fetch(`/_forge/secondary?ids=${encodeURIComponent(ids)}`, { signal })
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined // Left before the answer came.
  }
}

interface Keys {
  rows: RowView[]
  select(row: RowView): void
  go(href: string): void
}

/** `j` and `k` move between rows in the order of the document, `x` selects, Enter opens. */
function pressKey(event: KeyboardEvent, view: ListView, { rows, select, go }: Keys): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  const target = event.composedPath()[0]
  if (target instanceof Element && target.closest('input, textarea, select')) return
  const items = [...document.querySelectorAll<HTMLElement>('li[id*="-list-view-node-"]')]
  const place = items.findIndex((item) => item.contains(document.activeElement))
  const row = rows[place]
  if (event.key === 'j') items[Math.min(place + 1, items.length - 1)]?.focus()
  else if (event.key === 'k') items[Math.max(place - 1, 0)]?.focus()
  else if (event.key === 'x' && row && view.viewer !== null) select(row)
  else if (event.key === 'Enter' && row && document.activeElement === items[place]) go(hrefOf(row))
}
