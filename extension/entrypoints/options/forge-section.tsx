import { useId, useState } from 'preact/hooks'
import { ask, type RateLimit, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { timeText } from '../../parts/time-text.ts'
import { learnStatus } from '../../state/status.ts'
import { permit } from './permit.ts'

/** How GitHub's own API is asked for reactions. */
export function ForgeSection({ status: { forge } }: { status: Status }) {
  const { said, isBusy, act } = useSaid()
  return (
    <PageSection id={useId()} title="GitHub">
      <p class="muted">
        Reactions come from GitHub’s API, with one request for a list. GitHub lets visitors ask 60
        times an hour and search 10 times a minute; with a token it is 5,000 and 30, and private
        repositories can have scores.
      </p>
      <dl class="facts">
        <dt>Subjects, by the hour</dt>
        <dd>{limitText(forge.limits.core)}</dd>
        <dt>Lists, by the minute</dt>
        <dd>{limitText(forge.limits.search)}</dd>
      </dl>
      {forge.problem !== undefined && <p class="bad">{forge.problem}</p>}
      <TokenForm hasToken={forge.hasToken} isBusy={isBusy} act={act} />
      <StatusLine said={said} />
    </PageSection>
  )
}

interface Props {
  hasToken: boolean
  isBusy: boolean
  act(work: () => Promise<string>): Promise<void>
}

function TokenForm({ hasToken, isBusy, act }: Props) {
  const id = useId()
  const [token, setToken] = useState('')
  const save = async () => {
    if (!(await permit([], ['authenticationInfo'])))
      throw new Error('Nothing was changed: without your consent no token is sent to GitHub.')
    learnStatus(await ask('setForgeToken', { token }))
    setToken('')
    return 'Saved. It will not be shown again.'
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void act(save)
      }}
    >
      <label for={id}>{hasToken ? 'Replace the token' : 'Token (optional)'}</label>
      <div class="row">
        <input
          id={id}
          type="password"
          autocomplete="off"
          required
          aria-describedby={`${id}-note`}
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" disabled={isBusy}>
          Save token
        </button>
        {hasToken && (
          <button type="button" disabled={isBusy} onClick={() => void act(forgetToken)}>
            Forget the token
          </button>
        )}
      </div>
      <p id={`${id}-note`} class="muted small">
        {hasToken ? 'A token is kept. ' : ''}A fine-grained token that may only read public
        repositories is enough. It stays in this browser’s database, goes to api.github.com only,
        and is never shown again.
      </p>
    </form>
  )
}

async function forgetToken(): Promise<string> {
  learnStatus(await ask('setForgeToken', {}))
  return 'Forgotten. GitHub is asked as a visitor.'
}

function limitText(limit: RateLimit | undefined): string {
  if (!limit) return 'Nothing spent.'
  return `${limit.remaining} of ${limit.limit} requests left until ${timeText(limit.resetAt)}.`
}
