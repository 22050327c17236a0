import browser from 'webextension-polyfill'

/** Puts a script of ours into a tab, unless one of this very extension runs there. */
export async function openScript(tabId: number, name: 'Talk' | 'Tally'): Promise<void> {
  const target = { tabId }
  try {
    const asked = { target, func: isRunning, args: [`forgemoot${name}`] }
    const [found] = await browser.scripting.executeScript(asked)
    if (found?.result) return
    const file = `/content-scripts/github-${name.toLowerCase()}.js`
    await browser.scripting.executeScript({ target, files: [file], injectImmediately: true })
  } catch (error) {
    // The page may be gone by now.
    console.debug('Forgemoot: a page could not be reached', error)
  }
}

/** Runs in the page, beside the script that it asks for. */
function isRunning(name: string): boolean {
  return (globalThis as unknown as Record<string, (() => boolean) | undefined>)[name]?.() ?? false
}
