import { useId, useState } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { learnStatus } from '../../state/status.ts'

/** Who the server takes the reader for. */
export function SignInSection({ status }: { status: Status }) {
  const id = useId()
  const { said, isBusy, act } = useSaid()
  return (
    <PageSection id={id} title="Sign-in">
      {status.person === undefined ? (
        <SignIn server={status.server} isBusy={isBusy} act={act} />
      ) : (
        <div class="row">
          <p>
            Signed in as <strong>{status.person}</strong>.
          </p>
          <button type="button" disabled={isBusy} onClick={() => void act(signOut)}>
            Sign out
          </button>
        </div>
      )}
      <StatusLine said={said} />
    </PageSection>
  )
}

interface Props {
  server: Status['server']
  isBusy: boolean
  act(work: () => Promise<string>): Promise<void>
}

function SignIn({ server, isBusy, act }: Props) {
  const id = useId()
  const [login, setLogin] = useState('')
  if (!server.about?.auth.includes('local')) return <p class="muted">{whyNot(server)}</p>
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void act(() => signIn(login.trim()))
      }}
    >
      <label for={id}>Login</label>
      <div class="row">
        <input
          id={id}
          type="text"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          aria-describedby={`${id}-note`}
          value={login}
          onInput={(event) => setLogin(event.currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={isBusy}>
          Sign in
        </button>
      </div>
      <p id={`${id}-note`} class="muted small">
        This server is for one machine: it believes whoever says a login.
      </p>
    </form>
  )
}

function whyNot({ address, about }: Status['server']): string {
  if (address === undefined) return 'Set a server first.'
  if (!about) return 'The server has not answered yet, so it is not known how to sign in.'
  return 'This server offers no way to sign in that this version knows. Update Forgemoot.'
}

async function signIn(login: string): Promise<string> {
  learnStatus(await ask('signIn', { way: 'local', login }))
  return 'Signed in. Waiting votes are being sent.'
}

async function signOut(): Promise<string> {
  learnStatus(await ask('signOut'))
  return 'Signed out. Your votes stay.'
}
