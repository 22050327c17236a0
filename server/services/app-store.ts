import type { Client } from '@libsql/client'
import type { RegisteredApp } from '../forges/forge-sign-in.ts'
import type { Context, WayToSignIn } from '../context.ts'

/** The app by which a forge knows this server; undefined before it was set up. */
export async function readApp(db: Client, host: string): Promise<RegisteredApp | undefined> {
  const sql = `SELECT app_id, slug, client_id, client_secret, webhook_secret, private_key
    FROM apps WHERE host = ?`
  const row = (await db.execute({ sql, args: [host] })).rows[0]
  return (
    row && {
      appId: Number(row.app_id),
      slug: String(row.slug),
      client: { id: String(row.client_id), secret: String(row.client_secret) },
      webhookSecret: row.webhook_secret === null ? null : String(row.webhook_secret),
      privateKey: String(row.private_key),
    }
  )
}

/** Who says who somebody is: what the operator asked for, else GitHub once it knows this server. */
export const wayOf = (auth: WayToSignIn | undefined, isKnown: boolean): WayToSignIn =>
  auth ?? (isKnown ? 'github' : 'local')

/** Keeps an app, and goes by it from now on where people sign in with GitHub already. */
export async function keepApp(context: Context, app: RegisteredApp): Promise<void> {
  const { writer, forges, signIn, now } = context
  const { appId, slug, client, webhookSecret, privateKey } = app
  await writer.run([
    {
      sql: `INSERT OR REPLACE INTO apps
        (host, app_id, slug, client_id, client_secret, webhook_secret, private_key, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [forges[0], appId, slug, client.id, client.secret, webhookSecret, privateKey, now()],
    },
  ])
  signIn.useApp(app)
}
