import { Problem } from '#shared/problem'

/** What helps against each of GitHub's errors; those of its documents and of RFC 6749 and 8628. */
const REFUSALS: Record<string, () => Problem> = {
  bad_verification_code: () => over('the code was used before, or is older than ten minutes'),
  incorrect_device_code: () => over('the code is not known any more'),
  expired_token: () => over('the code was not entered in time'),
  access_denied: () =>
    new Problem('sign-in-refused', 'You did not allow it on GitHub, so nobody was signed in.'),
  unverified_user_email: () =>
    new Problem(
      'sign-in-refused',
      'GitHub wants you to verify your e-mail address first. Do it in GitHub’s settings, then sign in again.',
    ),
  incorrect_client_credentials: () =>
    notConfigured(
      'GitHub does not know it, or not with this secret. Its operator can look at the client id and secret.',
    ),
  device_flow_disabled: () =>
    notConfigured(
      'Its operator can tick “Enable Device Flow” in the settings of its GitHub App. Until then use “Sign in with GitHub”.',
    ),
  unsupported_grant_type: () => notConfigured('GitHub does not take this way to sign in.'),
}

/**
 * The problem for an error of the token endpoint. `redirectUri` is named where GitHub does not know it,
 * since whoever hosts the server has to add exactly that.
 */
export function tokenRefusal(error: string, redirectUri?: string): Problem {
  if (error === 'redirect_uri_mismatch')
    return notConfigured(
      `Its operator can add ${redirectUri} to the callback URLs of its GitHub App.`,
    )
  if (Object.hasOwn(REFUSALS, error)) return (REFUSALS[error] as () => Problem)()
  // Whatever it is, it is not repeated: only GitHub knows what stands in there.
  const problem = over('GitHub did not accept the code')
  problem.cause = `GitHub: ${/^[a-z_]{1,60}$/.test(error) ? error : 'an error of no known form'}`
  return problem
}

const over = (why: string) =>
  new Problem('sign-in-over', `This attempt is over: ${why}. Start signing in again.`)

const notConfigured = (what: string) =>
  new Problem('not-configured', `This server cannot sign anybody in with GitHub as it is. ${what}`)
