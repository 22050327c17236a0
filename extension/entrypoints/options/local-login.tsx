import { useId, useState } from 'preact/hooks'
import { ask } from '../../messages.ts'
import { learnStatus } from '../../state/status.ts'

/** A login that a server for one machine believes. */
export function LocalLogin(props: {
  isBusy: boolean
  act(work: () => Promise<string>): Promise<void>
}) {
  const id = useId()
  const [login, setLogin] = useState('')
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void props.act(() => signIn(login.trim()))
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
        <button type="submit" class="primary" disabled={props.isBusy}>
          Sign in
        </button>
      </div>
      <p id={`${id}-note`} class="muted small">
        This server is for one machine: it believes whoever says a login.
      </p>
    </form>
  )
}

async function signIn(login: string): Promise<string> {
  learnStatus(await ask('signIn', { way: 'local', login }))
  return 'Signed in. Waiting votes are being sent.'
}
