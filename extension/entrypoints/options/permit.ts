import browser from 'webextension-polyfill'

/** What leaves this browser only with the reader's consent, in Firefox's words. */
type Consent = 'authenticationInfo' | 'websiteActivity'

/** Asks the reader for hosts, and for consent where the browser knows it. Call it in the turn of a click. */
export async function permit(origins: string[], consents: Consent[]): Promise<boolean> {
  const gecko = browser.runtime.getManifest().browser_specific_settings?.gecko
  // Other browsers refuse a question with a word that they do not know.
  const asksConsent = gecko?.data_collection_permissions !== undefined
  if (origins.length === 0 && !asksConsent) return true
  return browser.permissions.request({
    ...(origins.length > 0 && { origins }),
    ...(asksConsent && { data_collection: consents }),
  })
}
