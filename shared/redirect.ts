/** Where a forge sends somebody back to who signed in from a browser extension. */

/** The extension as its own builds are loaded: Chromium's id follows from the manifest's key. */
const CHROMIUM_ID = 'godjbphgfffnngohkihikkkneoodffhk'
/** SHA-1 of the add-on's id, in Firefox. */
const FIREFOX_HASH = '66ad80109adfbfee65f5f355a10d318399d3a66c'

/** The addresses that an app of a forge has to know. */
export const EXTENSION_REDIRECTS: readonly string[] = [
  `https://${CHROMIUM_ID}.chromiumapp.org/`,
  `https://${FIREFOX_HASH}.extensions.allizom.org/`,
  `http://127.0.0.1/mozoauth2/${FIREFOX_HASH}`,
]

const SHAPES = [
  /^https:\/\/[a-p]{32}\.chromiumapp\.org\/[\w/-]{0,100}$/,
  /^https:\/\/[\da-f]{40}\.extensions\.allizom\.org\/[\w/-]{0,100}$/,
  /^http:\/\/127\.0\.0\.1\/mozoauth2\/[\da-f]{40}[\w/-]{0,100}$/,
]

/** Whether an address is one that a browser gives to an extension, and to nobody on the web. */
export const isExtensionRedirect = (address: string): boolean =>
  SHAPES.some((shape) => shape.test(address))
