/**
 * Setting up: GitHub's flow that makes an app from a manifest. Open to this machine and to whoever has the
 * token from the server's log, and only as long as GitHub does not know the server. Nothing is written
 * before GitHub sent somebody back with a state that was given out here.
 */
import type { Context as Call } from 'hono'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { isDirectlyFromHere } from './directly-from-here.ts'
import { headersOf } from './headers.ts'
import { isLoopback } from '../loopback.ts'
import { documentOf, htmlPage } from './replies.ts'
import type { Route } from './route.ts'
import { isSameSecret } from './same-secret.ts'
import { beginSetUp, finishSetUp, newAppName } from '../services/set-up.ts'
import { choicePage, donePage, notePage, policyOf, type SetUpChoice } from './set-up-page.ts'

export function setUpRoutes(context: Context): Route[] {
  return [
    { method: 'GET', path: '/setup', answer: (call) => shown(() => choose(call, context)) },
    { method: 'GET', path: '/setup/done', answer: (call) => shown(() => finish(call, context)) },
  ]
}

/** A page, or a page that says what is wrong. */
async function shown(answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { title, status } = documentOf(error)
    return htmlPage(notePage(title, error.message), policyOf(), status)
  }
}

function choose(call: Call, context: Context): Response {
  const { signIn } = context
  if (signIn.client())
    return htmlPage(
      notePage(
        'Signing in with GitHub is set up',
        'This server has its app already. To make another one, delete its row from the table “apps” and start the server again.',
      ),
      policyOf(),
    )
  const token = call.req.query('token') ?? ''
  if (!isDirectlyFromHere(call) && !isSameSecret(token, signIn.setUpToken))
    throw new Problem(
      'forbidden',
      'Open the address that the server printed at its start: it has a token in it.',
    )
  const choice = choiceIn(call, token)
  const { state, manifest } = beginSetUp(context, { ...choice, here: hereOf(call) })
  const action = new URL(signIn.forge.newAppUrl(choice.organization || undefined))
  action.searchParams.set('state', state)
  return htmlPage(
    choicePage(choice, action.href, JSON.stringify(manifest)),
    policyOf(action.origin),
  )
}

function choiceIn(call: Call, token: string): SetUpChoice {
  const asked = (name: string) => (call.req.query(name) ?? '').trim()
  const [name, organization, address] = [asked('name'), asked('organization'), asked('address')]
  if (name.length > 34) throw new Problem('invalid', 'GitHub allows 34 characters in a name.')
  if (!/^(?:[a-z\d][a-z\d-]{0,38})?$/i.test(organization))
    throw new Problem('invalid', 'This is not the login of an organization.')
  if (address && !/^https:\/\/[\w.-]+(?::\d+)?\/?$/.test(address))
    throw new Problem('invalid', 'A public address looks like https://moot.example.org.')
  return {
    name: name || newAppName(),
    organization,
    address: address.replace(/\/$/, ''),
    token,
  }
}

async function finish(call: Call, context: Context): Promise<Response> {
  const [code, state] = [call.req.query('code') ?? '', call.req.query('state') ?? '']
  const { slug, organization } = await finishSetUp(context, { code, state })
  const pages = context.signIn.forge.appPages(slug, organization)
  return htmlPage(donePage(slug, pages, context.auth === 'local'), policyOf())
}

/** The address by which the browser reached this page. */
function hereOf(call: Call): string {
  const { host = '' } = headersOf(call)
  return `${isLoopback(host) ? 'http' : 'https'}://${host}`
}
