/**
 * Which issues a pull request says it closes, by GitHub's documentation: a keyword, then an issue of this
 * repository, in the text but not in code, quotations or comments.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */

/** Longer than any body that GitHub takes, and more issues than anybody closes at once. */
const LONGEST = 70_000
const MOST = 50

const KEYWORD = String.raw`\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)`
const REFERENCE = String.raw`(?:([\w-]+\/[\w.-]+)?#|\bgh-|https?:\/\/([\w.:-]+\/[\w-]+\/[\w.-]+)\/(?:issues|pull)\/)`
const CLOSING = new RegExp(
  String.raw`${KEYWORD}:?[ \t\r\n]{1,8}${REFERENCE}([1-9]\d{0,9})(?![\w-])`,
  'gi',
)

/** The numbers, ascending, of what `body` says is closed of `host/owner/name`, where it stands itself. */
export function closedBy(body: string | null, repository: string, self: number): number[] {
  const [host, ...name] = repository.toLowerCase().split('/')
  const own = name.join('/')
  const numbers = new Set<number>()
  for (const [, named, linked, number] of plain(body ?? '').matchAll(CLOSING)) {
    const isOwn =
      (named === undefined || named.toLowerCase() === own) &&
      (linked === undefined || linked.toLowerCase() === `${host}/${own}`)
    if (isOwn && Number(number) !== self) numbers.add(Number(number))
    if (numbers.size === MOST) break
  }
  return [...numbers].toSorted((a, b) => a - b)
}

/** What of a text is said in so many words. */
function plain(body: string): string {
  const text = withoutComments(body.slice(0, LONGEST))
  let fence: string | undefined
  const lines = text.split('\n').filter((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined
      return false
    }
    fence = mark
    return mark === undefined && !/^ {0,3}>|^(?: {4}|\t)/.test(line)
  })
  return withoutCode(lines.join('\n'))
}

/** Everything but what stands between `<!--` and `-->`; an open comment goes on to the end. */
function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('<!--')
  const after = rest.map((part) => {
    const end = part.indexOf('-->')
    return end < 0 ? '' : part.slice(end + '-->'.length)
  })
  return [first, ...after].join(' ')
}

/** Code in a line goes from as many backticks to as many backticks. */
function withoutCode(text: string): string {
  let plainText = ''
  let open: string | undefined
  let held = ''
  for (const part of text.split(/(`+)/)) {
    if (open !== undefined) {
      held += part
      if (part === open) [open, held] = [undefined, '']
    } else if (part.startsWith('`')) [open, held] = [part, part]
    else plainText += part
  }
  return plainText + (open === undefined ? '' : held)
}
