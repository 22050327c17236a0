import { useEffect, useState } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import type { Said } from '../../parts/status-line.tsx'
import { timeText } from '../../parts/time-text.ts'
import { learnStatus } from '../../state/status.ts'

interface Props {
  code: NonNullable<Status['code']>
  say(said: Said | undefined): void
}

/** A code, where to enter it, and whether that has happened. */
export function CodeEntry({ code, say }: Props) {
  const host = new URL(code.verificationUri).host
  usePolling(code, say)
  return (
    <div class="stack">
      <p>Enter this code on {host}:</p>
      <div class="row">
        <strong class="code">{code.userCode}</strong>
        <button
          type="button"
          onClick={() =>
            void navigator.clipboard
              .writeText(code.userCode)
              .then(() => say({ tone: 'good', text: 'Copied.' }))
          }
        >
          Copy
        </button>
        <a class="button" href={code.verificationUri} target="_blank" rel="noreferrer">
          Open {host}
        </a>
        <button type="button" onClick={() => void giveUp(say)}>
          Cancel
        </button>
      </div>
      <p class="warning">
        <strong>
          Enter it only on {host}, and only because you yourself started this here and now.
        </strong>{' '}
        Whoever sends you such a code wants to sign in as you.
      </p>
      <p class={code.trouble === undefined ? 'muted' : 'bad'}>
        {code.trouble ?? `Waiting for you. The code holds until ${timeText(code.expiresAt)}.`}
      </p>
    </div>
  )
}

/** Asks the background again and again, which asks the server no sooner than it may. */
function usePolling({ nextAt }: Props['code'], say: Props['say']) {
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const look = async () => {
      await lookOnce(say)
      setTries(tries + 1)
    }
    const timer = setTimeout(() => void look(), Math.max(250, nextAt - Date.now()))
    return () => clearTimeout(timer)
  }, [nextAt, tries])
}

async function lookOnce(say: Props['say']): Promise<void> {
  try {
    const status = await ask('askCode')
    learnStatus(status)
    if (status.person !== undefined)
      say({ tone: 'good', text: 'Signed in. Waiting votes are being sent.' })
  } catch (error) {
    say({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    await ask('readStatus').then(learnStatus, () => undefined)
  }
}

async function giveUp(say: Props['say']): Promise<void> {
  learnStatus(await ask('giveUpCode'))
  say({ tone: 'muted', text: 'Given up. The code is worth nothing here any more.' })
}
