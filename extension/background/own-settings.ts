import {
  NOISE_KEY,
  noiseOf,
  type NoiseSettings,
  type Settings,
  SETTINGS_KEY,
  settingsOf,
} from '../settings.ts'
import type { Context } from './context.ts'
import { inTurn } from './turns.ts'

/** The settings as they are. */
export async function readSettings({ local }: Pick<Context, 'local'>): Promise<Settings> {
  return settingsOf((await local.get(SETTINGS_KEY))[SETTINGS_KEY])
}

/** Replaces some settings, with nobody in between. */
export function changeSettings(
  context: Context,
  change: (before: Settings) => Settings,
): Promise<void> {
  return inTurn(context, 'settings', async () => {
    const after = change(await readSettings(context))
    // JSON drops what is undefined, and a missing server would read as the default one.
    await context.local.set({ [SETTINGS_KEY]: { ...after, server: after.server ?? null } })
  })
}

/** Replaces some of how noise is shown, with nobody in between. */
export function changeNoise(
  context: Context,
  { folds, below }: { [K in keyof NoiseSettings]?: NoiseSettings[K] | undefined },
): Promise<void> {
  return inTurn(context, 'settings', async () => {
    const before = noiseOf((await context.local.get(NOISE_KEY))[NOISE_KEY])
    await context.local.set({
      [NOISE_KEY]: noiseOf({ folds: folds ?? before.folds, below: below ?? before.below }),
    })
  })
}
