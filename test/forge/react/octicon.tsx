/** @jsxRuntime automatic */
/** @jsxImportSource react */

/** Our own simple drawings under GitHub's names: what counts is the class. */
const shapes: Record<string, string> = {
  'issue-opened':
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm0 4a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  'issue-closed':
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm2.7 3L7 9.2 5.3 7.5 4.2 8.6 7 11.3l4.8-4.7Z',
  skip: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm2.3 2.1 1.1 1.1-5.7 5.7-1.1-1.1Z',
  'git-pull-request':
    'M4 1a2 2 0 0 0-.75 3.85v6.3a2 2 0 1 0 1.5 0v-6.3A2 2 0 0 0 4 1Zm5 0L6.5 3.5 9 6V4.25h1.5a1 1 0 0 1 1 1v5.9a2 2 0 1 0 1.5 0v-5.9a2.5 2.5 0 0 0-2.5-2.5H9Z',
  'git-pull-request-draft':
    'M4 1a2 2 0 0 0-.75 3.85v6.3a2 2 0 1 0 1.5 0v-6.3A2 2 0 0 0 4 1Zm7.5 1h1.5v2.500h-1.500Zm0 4H13v2.500h-1.500Zm.75 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  'git-pull-request-closed':
    'M4 1a2 2 0 0 0-.75 3.850v6.300a2 2 0 1 0 1.500 0v-6.300A2 2 0 0 0 4 1Zm6.500.500 1.700 1.700 1.700-1.700 1 1-1.700 1.700 1.700 1.700-1 1-1.700-1.700-1.700 1.700-1-1 1.700-1.700-1.700-1.700ZM11.500 8H13v3.150a2 2 0 1 1-1.500 0Z',
  'git-merge':
    'M4.500 1a2 2 0 0 0-.75 3.850v6.300a2 2 0 1 0 1.500 0V7a6 6 0 0 0 4.400 2.700 2 2 0 1 0 .1-1.500A4.500 4.500 0 0 1 5.700 4.600 2 2 0 0 0 4.500 1Z',
  comment:
    'M2.500 2A1.500 1.500 0 0 0 1 3.500v7A1.500 1.500 0 0 0 2.500 12H4v3l3.500-3h6a1.500 1.500 0 0 0 1.500-1.500v-7A1.500 1.500 0 0 0 13.500 2Zm0 1.500h11v7H7l-1.500 1.200v-1.200h-3Z',
  pin: 'M5 1h6v1.500l-1 .5v4l2 2V10H8.750v5h-1.500v-5H4V9l2-2V3l-1-.5Z',
  search:
    'M7 1a6 6 0 1 0 3.600 10.800l3 3 1.100-1.100-3-3A6 6 0 0 0 7 1Zm0 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9Z',
  book: 'M1 2h5.500A1.500 1.500 0 0 1 8 3a1.500 1.500 0 0 1 1.500-1H15v11H9.500L8 14.500 6.500 13H1Zm1.500 1.500v8H7V4l-.5-.5Zm6.500.5v7.500h4.500v-8H9.500Z',
  check: 'M13.500 4.500 6.500 11.500 2.500 7.500l1-1 3 3 6-6Z',
  'triangle-down': 'M4 6h8l-4 4.500Z',
}

/** The path of an icon, for pages that are not React. */
export function octiconPath(name: string): string {
  return shapes[name] ?? ''
}

interface OcticonProps {
  name: string
  className?: string
  label?: string
}

export function Octicon({ name, className = '', label }: OcticonProps) {
  return (
    <svg
      data-component="Octicon"
      aria-hidden={label ? undefined : true}
      aria-label={label}
      focusable="false"
      className={`octicon octicon-${name} ${className}`.trim()}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="currentColor"
      display="inline-block"
      overflow="visible"
      style={{ verticalAlign: 'text-bottom' }}
    >
      <path d={octiconPath(name)} />
    </svg>
  )
}
