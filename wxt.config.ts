import { defineConfig } from 'wxt'

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
    permissions: ['storage', 'unlimitedStorage', 'alarms', 'scripting'],
    host_permissions: ['https://github.com/*', 'https://api.github.com/*'],
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    action: { default_title: 'Forgemoot' },
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
