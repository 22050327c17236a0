/** The panel of a vote on merging: drawn once, and then only changed where what it shows changed. */
import type { SubjectId } from '#shared/subject'
import type { Choice, SeenTally, Tally } from '../seen-tally.ts'
import { element, icon } from './element.ts'
import { barParts } from './tally-bar.ts'
import { ballotItem, delegationItem, historyItem } from './tally-items.ts'
import { barWords, markWords, STATES, statusWords } from './tally-words.ts'
import { timeText } from './time-text.ts'

/** What the panel shows. */
export interface PanelState {
  seen: SeenTally | null | undefined
  busy: boolean
  problem: string
  /** When that was known which is shown, epoch milliseconds; null while it is kept up. */
  lostSince: number | null
  unsent: { choice: Choice } | undefined
}

/** What its reader can do. */
export interface PanelActs {
  cast(choice: Choice, reason: string, head: string): Promise<void>
  sendAgain(): void
  open(): Promise<boolean>
  stop(reason: string): Promise<boolean>
  delegate(to: string | null): Promise<boolean>
}

const BALLOT = 'M2 9.5h12v4H2zM4.5 9.5V2.5h7v7M6.3 6l1.3 1.3 2.3-2.6'

const CHOICES = [
  ['for', 'For'],
  ['against', 'Against'],
  ['abstain', 'Abstain'],
] as const

/** How often the words of what is left of the time are made anew, in milliseconds. */
const TICK = 20_000

export function tallyPanel(root: ShadowRoot, subject: SubjectId, acts: PanelActs) {
  const [path = ''] = subject.split('#')
  const page = `https://${path}`
  let state: PanelState = {
    seen: undefined,
    busy: false,
    problem: '',
    lostSince: null,
    unsent: undefined,
  }

  const badge = element('span', { class: 'state' })
  const about = element('span', { class: 'about' })
  const title = element('h3', {}, 'Vote on merging')
  const head = element('header', {}, icon(BALLOT), title, badge, about)
  const status = element('p', { 'data-status': '', role: 'status', class: 'status' })
  const bar = element('div', { class: 'shares', role: 'img' })
  const key = element('p', { class: 'key' })
  const buttons = new Map(
    CHOICES.map(([choice, name]) => [
      choice,
      element(
        'button',
        { type: 'button', class: `choice ${choice}`, 'aria-pressed': 'false' },
        name,
      ),
    ]),
  )
  const reason = element('textarea', {
    rows: '1',
    maxlength: '2000',
    placeholder: 'Why? Everybody can read it. A maintainer’s reason holds the merge up.',
    'aria-label': 'Reason',
  }) as HTMLTextAreaElement // by its tag
  const why = element('p', { class: 'why' })
  const mine = element('p', { class: 'mine' })
  const choose = element(
    'div',
    { class: 'choose', role: 'group', 'aria-label': 'Your ballot' },
    ...buttons.values(),
    reason,
  )
  const trouble = element('p', { class: 'trouble', role: 'alert' })
  const again = button('Try again', acts.sendAgain)
  const open = button('Open the vote', () => void acts.open())
  const stop = button('End without a decision', () => void acts.stop(reason.value))
  const more = element('div', { class: 'more' })
  root.append(
    element(
      'section',
      { 'aria-label': 'Vote on merging' },
      head,
      status,
      bar,
      key,
      mine,
      choose,
      why,
      element('div', { class: 'acts' }, trouble, again, open, stop),
      more,
    ),
  )

  for (const [choice, each] of buttons) {
    each.addEventListener('click', (event) => {
      const tally = state.seen?.tally
      // Scripts of the page reach into open shadow roots; only a person makes trusted events.
      if (!event.isTrusted || !tally || state.busy) return
      const isStanding = tally.mine?.choice === choice && !tally.mine.isStale
      const isSame = isStanding && reason.value.trim() === tally.mine?.reason
      void acts.cast(isSame ? 'withdrawn' : choice, reason.value, tally.head)
    })
  }
  const timer = setInterval(() => showStatus(), TICK)

  function button(name: string, act: () => void) {
    const made = element('button', { type: 'button', class: 'button' }, name)
    made.addEventListener('click', ({ isTrusted }) => isTrusted && !state.busy && act())
    return made
  }

  function showStatus() {
    const { seen } = state
    if (!seen) return
    const text = seen.tally ? statusWords(seen.tally, Date.now()) : seen.none
    if (status.textContent !== text) status.textContent = text
  }

  function showTally(tally: Tally, record: string) {
    const { outcome, counts, electorate, you } = tally
    const isOpen = outcome.status === 'open'
    badge.textContent = STATES[outcome.status]
    badge.className = `state ${outcome.status}`
    about.textContent = `about ${tally.head.slice(0, 7)}`
    bar.setAttribute('aria-label', barWords(tally))
    bar.replaceChildren(...barParts(tally))
    key.textContent = counts
      ? [barWords(tally), ...markWords(tally)].join('; ')
      : `${barWords(tally)}; results come with your ballot`
    const standing = tally.mine?.choice === 'withdrawn' ? null : tally.mine
    for (const [choice, each] of buttons) {
      const isPressed = standing?.choice === choice && !standing.isStale
      each.setAttribute('aria-pressed', String(isPressed))
      each.toggleAttribute('disabled', state.busy)
    }
    choose.hidden = !isOpen || !you.mayVote
    why.textContent = [you.why, delegateWords(tally)].filter(Boolean).join(' ')
    showMine(tally, standing)
    stop.hidden = !you.mayCancel
    stop.toggleAttribute('disabled', reason.value.trim() === '')
    stop.title = reason.value.trim() === '' ? 'Write the reason first.' : ''
    showMore(tally, electorate.members.length, record)
  }

  /** What became of the reader's ballot when the code changed, and what changed. */
  function showMine(tally: Tally, standing: Tally['mine']) {
    mine.hidden = !standing?.isStale
    if (!standing?.isStale) return
    if (standing.head === tally.head) {
      mine.textContent = `Your “${standing.choice}” does not count any more: the commit is the same, but merging it would change something else now, or in another branch. Look again, and vote again.`
      return
    }
    const compare = link(`${page}/compare/${standing.head}...${tally.head}`, 'See what changed')
    mine.replaceChildren(
      `The code changed since you voted “${standing.choice}”, so your ballot does not count. `,
      compare,
      ', and vote again.',
    )
  }

  /** What is folded: kept open or closed as the reader left it. */
  const folds = new Map<string, HTMLDetailsElement>()

  function fold(name: string, ...children: Node[]) {
    const known = folds.get(name) ?? (element('details', {}) as HTMLDetailsElement) // by its tag
    folds.set(name, known)
    known.replaceChildren(element('summary', {}, name), ...children)
    return known
  }

  let shown = ''

  function showMore(tally: Tally, members: number, record: string) {
    const { ballots: cast, delegations, rule, history, you } = tally
    const text = JSON.stringify([cast, delegations, rule, history, you.delegate])
    if (text === shown) return
    shown = text
    const decided = [
      ...cast.filter(({ choice }) => choice !== 'withdrawn').map(ballotItem),
      ...delegations.map(delegationItem),
    ]
    more.replaceChildren(
      ...(decided.length ? [fold('Who decided what', list(decided))] : []),
      fold(
        'The rule',
        list([...tally.rule.words, mergeSentence(tally)].map((words) => [words])),
        element(
          'p',
          { class: 'small' },
          `${members} members, settled when the vote opened (SHA-256 ${tally.electorate.hash.slice(0, 12)}…). `,
          link(`${page}/blob/${tally.baseRef}/.github/forgemoot.yml`, 'The rules as written'),
        ),
      ),
      fold(
        'History',
        list(tally.history.map(historyItem)),
        element('p', { class: 'small' }, link(record, 'The whole record'), ', to count again.'),
      ),
      ...(tally.rule.delegation && tally.you.mayVote
        ? [fold('Vote through somebody else', delegateForm(tally))]
        : []),
    )
  }

  function delegateForm({ you }: Tally): HTMLElement {
    const input = element('input', {
      type: 'text',
      'aria-label': 'Login',
      maxlength: '39',
    }) as HTMLInputElement // by its tag
    input.value = you.delegate ?? ''
    return element(
      'div',
      { class: 'delegate' },
      input,
      button('Let them vote for me', () => void acts.delegate(input.value.trim())),
      button('Nobody any more', () => void acts.delegate(null)),
    )
  }

  return {
    show(news: PanelState) {
      state = news
      const { seen, busy, problem, unsent } = news
      const section = root.querySelector('section')
      section?.setAttribute('aria-busy', String(busy))
      if (!seen) return
      showStatus()
      const { tally } = seen
      for (const part of [bar, key, mine, choose, stop, more, badge, about]) part.hidden = !tally
      open.hidden = !seen.isSignedIn || (tally !== null && !isOpenable(tally))
      why.hidden = !tally
      if (tally) showTally(tally, seen.record)
      const { lostSince } = news
      const lost =
        lostSince !== null &&
        `The server does not answer. This is how the vote stood at ${timeText(lostSince)}.`
      const words = problem || lost || (tally?.problem ?? '')
      trouble.textContent = words
      trouble.hidden = words === ''
      again.hidden = problem === '' || unsent === undefined
    },
    end: () => clearInterval(timer),
  }
}

/** What ended without a decision, or passed and could not be merged, can be voted on again as it is. */
const isOpenable = ({ outcome, merge }: Tally) =>
  outcome.status === 'cancelled' || merge.state === 'lapsed'

function delegateWords({ you }: Tally): string {
  return you.delegate === null ? '' : `${you.delegate} votes for you unless you do.`
}

const MERGED = { merge: ', with a merge commit', squash: ' as one commit', rebase: ' by a rebase' }

const mergeSentence = ({ merge }: Tally) =>
  merge.pass === 'check'
    ? 'What passes is shown to GitHub as a check, and merged by people.'
    : `What passes is merged by itself${MERGED[merge.pass]}.`

const link = (href: string, text: string) => element('a', { href }, text)

function list(items: readonly (Node | string)[][]): HTMLElement {
  return element('ul', {}, ...items.map((children) => element('li', {}, ...children)))
}
