import { useEffect, useId, useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { ask } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { NOISE_KEY, noiseOf, type NoiseSettings } from '../../settings.ts'

/** What is shown as one line in conversations. */
export function ConversationsSection() {
  const id = useId()
  const [noise, expect] = useNoise()
  const { said, act } = useSaid()
  const choose = (choice: Partial<NoiseSettings>, what: string) =>
    act(async () => {
      await expect(choice, ask('chooseNoise', choice))
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

/** The setting as it is stored, or as it will be once what was chosen is: it is not drawn back meanwhile. */
function useNoise() {
  const [noise, setNoise] = useState<NoiseSettings>()
  const read = async () => {
    const stored = await browser.storage.local.get(NOISE_KEY)
    setNoise(noiseOf(stored[NOISE_KEY]))
  }
  useEffect(() => {
    const follow = ({ [NOISE_KEY]: changed }: Record<string, { newValue?: unknown }>) => {
      if (changed) setNoise(noiseOf(changed.newValue))
    }
    void read()
    browser.storage.local.onChanged.addListener(follow)
    return () => browser.storage.local.onChanged.removeListener(follow)
  }, [])

  async function expect(choice: Partial<NoiseSettings>, storing: Promise<unknown>) {
    setNoise((known) => known && { ...known, ...choice })
    await storing.catch(async (error: unknown) => {
      await read()
      throw error
    })
  }
  return [noise, expect] as const
}
