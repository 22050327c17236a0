import browser from 'webextension-polyfill'

/**
 * Starts our content scripts in pages that were open before this version was installed, so that they
 * need no reload. The script that an older version left there has lost its background and is silent.
 */
export async function reachOpenPages(): Promise<void> {
  for (const script of browser.runtime.getManifest().content_scripts ?? []) {
    const tabs = await browser.tabs.query({ url: script.matches, discarded: false })
    const isExcluded = ({ url = '' }: browser.Tabs.Tab) =>
      script.exclude_matches?.some((pattern) => url.startsWith(pattern.replace(/\*$/, '')))
    const open = tabs.filter((tab) => !isExcluded(tab))
    // A page that is being closed, or that its browser protects, refuses.
    await Promise.allSettled(open.map(({ id }) => start(id, script)))
  }
}

async function start(
  tabId: number | undefined,
  { css = [], js = [], world = 'ISOLATED' }: browser.Manifest.ContentScript,
): Promise<void> {
  if (tabId === undefined) return
  const target = { tabId }
  if (css.length > 0) await browser.scripting.insertCSS({ target, files: css })
  if (js.length > 0) await browser.scripting.executeScript({ target, files: js, world })
}
