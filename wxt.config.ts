import { defineConfig } from 'wxt'

// Fixes the id of builds that are loaded by hand: it is in the address to which GitHub sends people back
// (shared/redirect.ts). A store has a key of its own and takes none in a manifest.
const KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzgvhIFeCXg7BFc54YOHaFVhM4Ny455Zen5c/ouQ0IjZwYtbPMJZginectX+e4AbYhBANZTz7kDax5ZklZmzydj8fRkeCFhhX0ylpd51xZE761jhL6wBGyOJ/Pk9PPR035qKGT3AXJLuYRS2kIRyek0QVb4xXF127HaWkWPiP5Y9ecXPhfEt8SKM60sD67GEWge1li8H3c5v+Cg0tlC0u9mHqb1YNNGEw0/c+PWW0bGDZNVJxnvAg2/DtP6xIYMgsN4HpMBGDUgMy+ne+cGxHXnQjZmWV8DEd3euP6H+78NKap8Khi5qbna2RMoJLZxQocHOvzlr9VbbN5qUK+cesEQIDAQAB'

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  // The default takes everything that is not hidden: databases and browser profiles too.
  zip: { excludeSources: ['data/**', 'test-results/**'] },
  manifestVersion: 3,
  imports: false,
  vite: () => ({ oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } }),
  manifest: ({ browser }) => ({
    name: 'Forgemoot',
    description: "Votes, scores and value-sorted lists on GitHub's own pages.",
    permissions: ['storage', 'unlimitedStorage', 'alarms', 'scripting', 'identity'],
    host_permissions: ['https://github.com/*', 'https://api.github.com/*'],
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    action: { default_title: 'Forgemoot' },
    ...(browser === 'chrome' && !process.env['FORGEMOOT_STORE'] && { key: KEY }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'forgemoot@forgemoot.org',
          strict_min_version: '140.0',
          data_collection_permissions: {
            // GitHub's API is asked for every list that is opened: its repository and its search words.
            required: ['browsingActivity', 'searchTerms'],
            // Votes and a session, once the reader names a server; GitHub's token, once they give one.
            optional: ['authenticationInfo', 'websiteActivity'],
          },
        },
        // Older ones do not know data_collection_permissions.
        gecko_android: { strict_min_version: '142.0' },
      },
    }),
  }),
})
