/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { listHref } from './list-toolbar.tsx'
import type { ListView } from './views.ts'

/** Previous, numbers, next; absent when there is one page. */
export function Pagination({ view }: { view: ListView }) {
  const { page, pages } = view
  if (pages < 2) return null
  const numbers = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number < 3 || number > pages - 2 || Math.abs(number - page) < 3,
  )
  const href = (number: number) => listHref(view, view.query, number)
  return (
    <nav aria-label="Pagination" className="prc-Pagination-PaginationContainer">
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)} aria-label="Previous Page">
          Previous
        </a>
      ) : (
        <span aria-hidden="true">Previous</span>
      )}
      {numbers.map((number) => (
        <a
          key={number}
          href={href(number)}
          aria-label={`Page ${number}`}
          aria-current={number === page ? 'page' : undefined}
        >
          {number}
        </a>
      ))}
      {page < pages ? (
        <a rel="next" href={href(page + 1)} aria-label="Next Page">
          Next
        </a>
      ) : (
        <span aria-hidden="true">Next</span>
      )}
    </nav>
  )
}
