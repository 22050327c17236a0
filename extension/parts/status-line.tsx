import { useState } from 'preact/hooks'

/** What came of the last thing that was asked for. */
export interface Said {
  tone: 'good' | 'bad' | 'muted'
  text: string
}

/** A line that is read out when it changes. */
export function StatusLine({ said }: { said: Said | undefined }) {
  return (
    <p role="status" class={`said ${said?.tone ?? ''}`}>
      {said?.text}
    </p>
  )
}

/** Does what a control asks for, one thing at a time, and says how it went: `work` returns the words. */
export function useSaid() {
  const [said, say] = useState<Said>()
  const [isBusy, setBusy] = useState(false)
  async function act(work: () => Promise<string>): Promise<void> {
    if (isBusy) return
    setBusy(true)
    say({ tone: 'muted', text: 'One moment…' })
    try {
      say({ tone: 'good', text: await work() })
    } catch (error) {
      say({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    }
    setBusy(false)
  }
  return { said, isBusy, act, say }
}
