import browser from 'webextension-polyfill'
import { ask } from '../../messages.ts'
import { learnStatus } from '../../state/status.ts'

interface Props {
  /** What the server offers. */
  ways: readonly string[]
  isBusy: boolean
  act(work: () => Promise<string>): Promise<void>
}

/** Signing in with GitHub: in its window, or by a code where there can be no window. */
export function GitHubWays({ ways, isBusy, act }: Props) {
  const hasWindow = ways.includes('github') && canOpenWindow()
  const hasCode = ways.includes('github-device')
  if (!hasWindow && !hasCode) return null
  return (
    <>
      <div class="row">
        {hasWindow && (
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            onClick={() => void act(signInByWindow)}
          >
            Sign in with GitHub
          </button>
        )}
        {hasCode && (
          <button type="button" disabled={isBusy} onClick={() => void act(startCode)}>
            {hasWindow ? 'Use a code instead' : 'Sign in with GitHub, by a code'}
          </button>
        )}
      </div>
      <p class="muted small">
        GitHub is asked who you are, and for no permission. The server learns your account’s number,
        login and picture.
      </p>
    </>
  )
}

/** Firefox for Android, for one, has no such window. */
const canOpenWindow = () =>
  (browser as Partial<typeof browser>).identity?.launchWebAuthFlow !== undefined

async function signInByWindow(): Promise<string> {
  const redirectUri = browser.identity.getRedirectURL()
  const url = await ask('startGrant', { redirectUri })
  const address = await browser.identity
    .launchWebAuthFlow({ url, interactive: true })
    .catch((error: unknown) => {
      throw new Error(wordsOf(String(error)))
    })
  learnStatus(await ask('finishGrant', { address }))
  return 'Signed in. Waiting votes are being sent.'
}

/** The browsers' words for a window that came to nothing: Chromium's, and Firefox's "cancelled or denied". */
function wordsOf(error: string): string {
  if (/could not be loaded|network/i.test(error))
    return 'GitHub’s page could not be opened. Look at your connection, and try again.'
  return 'GitHub’s window was closed before you had agreed. Nothing was changed.'
}

async function startCode(): Promise<string> {
  learnStatus(await ask('startCode'))
  return ''
}
