import { useEffect, useId, useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { ask } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { NOISE_KEY, noiseOf, type NoiseSettings } from '../../settings.ts'

/** What is shown as one line in conversations. */
export function ConversationsSection() {
  const id = useId()
  const noise = useNoise()
  const { said, act } = useSaid()
  const choose = (choice: Partial<NoiseSettings>, what: string) =>
    act(async () => {
      await ask('chooseNoise', choice)
      return what
    })
  const chooseBelow = (below: number) => {
    if (below >= 0 && below <= 1) void choose({ below }, `Below a value of ${below}.`)
  }
  return (
    <PageSection id={id} title="Conversations">
      <div class="choice">
        <input
          id={`${id}-folds`}
          type="checkbox"
          checked={noise?.folds ?? true}
          onChange={({ currentTarget: { checked } }) =>
            void choose(
              { folds: checked },
              checked ? 'Shown as one line.' : 'Every comment is shown in full.',
            )
          }
        />
        <label for={`${id}-folds`}>
          Show comments that contributors find of little value, or that only say “+1”, as one line
        </label>
      </div>
      <div class="choice">
        <label for={`${id}-below`}>Little value is below</label>
        <input
          id={`${id}-below`}
          type="number"
          min="0"
          max="1"
          step="0.01"
          value={noise?.below}
          onChange={({ currentTarget }) => chooseBelow(currentTarget.valueAsNumber)}
        />
      </div>
      <StatusLine said={said} />
    </PageSection>
  )
}

/** The setting as it is stored, followed. */
function useNoise(): NoiseSettings | undefined {
  const [noise, setNoise] = useState<NoiseSettings>()
  useEffect(() => {
    const read = async () => {
      const stored = await browser.storage.local.get(NOISE_KEY)
      setNoise(noiseOf(stored[NOISE_KEY]))
    }
    const follow = () => void read()
    follow()
    browser.storage.local.onChanged.addListener(follow)
    return () => browser.storage.local.onChanged.removeListener(follow)
  }, [])
  return noise
}
