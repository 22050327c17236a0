/** What the server asks of a forge to learn who somebody is. No answer outlives a sign-in but the account. */

/** Who this server is to a forge. */
export interface AppClient {
  id: string
  secret: string
}

/** Everything that a forge tells about an app when it is made. */
export interface RegisteredApp {
  appId: number
  slug: string
  client: AppClient
  webhookSecret: string | null
  /** PEM. */
  privateKey: string
}

/** Somebody's account as the forge tells it. */
export interface SignedInAccount {
  /** The forge's numeric id: identity. */
  forgeId: number
  /** What it is called now. */
  login: string
  avatarUrl: string | null
  /** Not a bot's, not an organization's. */
  isPerson: boolean
}

/** What a person came back with from the forge's page. */
export interface Grant {
  code: string
  /** The secret of which that page saw the hash, RFC 7636. */
  verifier: string
  redirectUri: string
}

/** A code that a person enters on the forge's page, RFC 8628. */
export interface DeviceCode {
  deviceCode: string
  userCode: string
  verificationUri: string
  /** Seconds. */
  lasts: number
  /** Seconds between two questions. */
  interval: number
}

/** Each rejects with a Problem when the forge refuses, is silent, or speaks nonsense. */
export interface ForgeSignIn {
  /** The page on which a person says yes or no. */
  authorizeUrl: string
  /** Exchanges a grant for the forge's token, once. */
  tokenOf(client: AppClient, grant: Grant): Promise<string>
  startDevice(client: AppClient): Promise<DeviceCode>
  /** The token once the person has agreed; until then how many seconds to wait, if that changed. */
  askDevice(
    client: AppClient,
    deviceCode: string,
  ): Promise<{ token: string } | { interval: number | undefined }>
  accountOf(token: string): Promise<SignedInAccount>
  /** Makes a token worthless. */
  revoke(client: AppClient, token: string): Promise<void>
  /** The page on which an app is made for a person, or for their organization. */
  newAppUrl(organization: string | undefined): string
  /** What the code stands for that the forge gave when an app was made; works once. */
  appOf(code: string): Promise<RegisteredApp>
  /** Where the app's owner changes its settings and installs it. */
  appPages(slug: string, organization: string | undefined): { settings: string; install: string }
}
