import { useId } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { learnStatus } from '../../state/status.ts'
import { CodeEntry } from './code-entry.tsx'
import { GitHubWays } from './github-ways.tsx'
import { LocalLogin } from './local-login.tsx'

/** Who the server takes the reader for. */
export function SignInSection({ status }: { status: Status }) {
  const id = useId()
  const { said, isBusy, act, say } = useSaid()
  const ways = status.server.about?.auth ?? []
  return (
    <PageSection id={id} title="Sign-in">
      {status.person !== undefined ? (
        <div class="row">
          <p>
            Signed in as <strong>{status.person}</strong>.
          </p>
          <button type="button" disabled={isBusy} onClick={() => void act(signOut)}>
            Sign out
          </button>
        </div>
      ) : status.code ? (
        <CodeEntry code={status.code} say={say} />
      ) : (
        <>
          <GitHubWays ways={ways} isBusy={isBusy} act={act} />
          {ways.includes('local') && <LocalLogin isBusy={isBusy} act={act} />}
          {!ways.some((way) => KNOWN.has(way)) && <p class="muted">{whyNot(status.server)}</p>}
        </>
      )}
      <StatusLine said={said} />
    </PageSection>
  )
}

const KNOWN: ReadonlySet<string> = new Set(['local', 'github', 'github-device'])

function whyNot({ address, about }: Status['server']): string {
  if (address === undefined) return 'Set a server first.'
  if (!about) return 'The server has not answered yet, so it is not known how to sign in.'
  if (about.auth.length === 0)
    return 'Nobody can sign in at this server yet: whoever runs it has to set up signing in with GitHub.'
  return 'This server offers no way to sign in that this version knows. Update Forgemoot.'
}

async function signOut(): Promise<string> {
  learnStatus(await ask('signOut'))
  return 'Signed out. Your votes stay.'
}
