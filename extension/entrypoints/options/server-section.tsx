import { useId, useState } from 'preact/hooks'
import { ask, type Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { isLoopback, serverOriginOf } from '../../server-address.ts'
import { learnStatus } from '../../state/status.ts'
import { permit } from './permit.ts'

/** Which server keeps the votes. */
export function ServerSection({ status: { server } }: { status: Status }) {
  const id = useId()
  const [text, setText] = useState(server.address ?? '')
  const { said, isBusy, act } = useSaid()
  const save = (address: string | undefined) => act(() => setServer(address))
  return (
    <PageSection id={`${id}-title`} title="Server">
      <p class="muted">
        A server counts everybody’s votes. Without one, Forgemoot shows scores from reactions, and
        your votes stay in this browser until there is one.
      </p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save(text)
        }}
      >
        <label for={id}>Address</label>
        <div class="row">
          <input
            id={id}
            type="text"
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://moot.example.org"
            aria-describedby={`${id}-state`}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" class="primary" disabled={isBusy}>
            Save
          </button>
          {server.address !== undefined && (
            <button
              type="button"
              disabled={isBusy}
              onClick={() => {
                setText('')
                void save(undefined)
              }}
            >
              Use no server
            </button>
          )}
        </div>
      </form>
      <StatusLine said={said} />
      <p id={`${id}-state`} class={server.problem === undefined ? 'muted' : 'bad'}>
        {stateOf(server)}
      </p>
    </PageSection>
  )
}

function stateOf({ address, about, problem }: Status['server']): string {
  if (address === undefined) return 'No server is set.'
  if (problem !== undefined) return problem
  if (!about) return `No server answers at ${address} yet. Forgemoot works without one, too.`
  return `${address} answers: Forgemoot ${about.version}.`
}

async function setServer(address: string | undefined): Promise<string> {
  if (address?.trim() && !(await mayTalkTo(serverOriginOf(address))))
    throw new Error(
      'Nothing was changed: without your permission the browser does not let Forgemoot talk to that address. Press Save again to be asked again.',
    )
  learnStatus(await ask('setServer', { address }))
  return address?.trim() ? 'Saved.' : 'Saved. Votes stay in this browser.'
}

/** Asks the reader for the right to talk to an origin. Must be called in the turn of a click. */
async function mayTalkTo(origin: string): Promise<boolean> {
  if (isLoopback(origin)) return true
  const { protocol, hostname } = new URL(origin)
  return permit([`${protocol}//${hostname}/*`], ['authenticationInfo', 'websiteActivity'])
}
