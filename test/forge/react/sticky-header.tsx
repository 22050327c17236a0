/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useEffect, useState, type ReactNode } from 'react'

interface StickyHeaderProps {
  className: string
  testid?: string
  children: ReactNode
}

/** The second copy of a header: always in the document, seen once the first has scrolled away. */
export function StickyHeader({ className, testid, children }: StickyHeaderProps) {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const onScroll = () => setSeen(window.scrollY > 240)
    onScroll()
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => window.removeEventListener('scroll', onScroll)
  }, [])
  return (
    <div data-testid={testid} className={`forge-sticky ${className}`} data-seen={seen}>
      {children}
    </div>
  )
}
