/** What axe finds wrong, in each of GitHub's themes. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** As the forge's pages name them, in GitHub's way: a mode, and a theme for it. */
const THEMES = [
  'light',
  'dark',
  'dark_dimmed',
  'light_high_contrast',
  'dark_high_contrast',
] as const

/** axe's rules that look at colours; all others are taken to find the same in every theme. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with these elements, or with a whole page. */
export async function faults(page: Page, elements: string[] = []): Promise<string[]> {
  const { violations, passes } = await axeOn(page, elements).analyze()
  expect(passes.length).toBeGreaterThan(5)
  return inWords(violations)
}

function axeOn(page: Page, elements: string[]): AxeBuilder {
  const builder = new AxeBuilder({ page })
  for (const element of elements) builder.include(element)
  return builder
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations']

function inWords(violations: Violations): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} (${any[0]?.message ?? ''})`),
  )
}

/**
 * The same in the first theme, and what is wrong with the colours of all others, one after another, on a page
 * that stays as it is, as GitHub's does when its reader or the time of day takes another. Afterwards it has
 * the last one. `look` is called in each.
 */
export async function faultsInThemes(
  page: Page,
  elements: string[],
  look?: (theme: string) => Promise<unknown>,
): Promise<string[]> {
  const wrong: string[] = []
  const looks = new Set<string>()
  for (const theme of THEMES) {
    looks.add(await wear(page, theme))
    const found =
      theme === THEMES[0] ? await faults(page, elements) : await ofColour(page, elements)
    for (const fault of found) wrong.push(`${theme}, ${fault}`)
    await look?.(theme)
  }
  expect(looks.size, 'looks').toBe(THEMES.length)
  return wrong
}

async function ofColour(page: Page, elements: string[]): Promise<string[]> {
  const { violations, passes } = await axeOn(page, elements).withRules(OF_COLOUR).analyze()
  expect(passes.map(({ id }) => id)).toContain(OF_COLOUR[0])
  return inWords(violations)
}

/** Gives a page of the forge a theme; some of the colours that it has then. */
function wear(page: Page, theme: (typeof THEMES)[number]): Promise<string> {
  return page.evaluate((name) => {
    const root = document.documentElement
    const mode = name.startsWith('dark') ? 'dark' : 'light'
    root.dataset['colorMode'] = mode
    root.dataset[`${mode}Theme`] = name
    const style = getComputedStyle(root)
    return ['--bgColor-default', '--fgColor-muted', '--borderColor-default']
      .map((colour) => style.getPropertyValue(colour))
      .join()
  }, theme)
}
