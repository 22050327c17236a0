import type { Context } from '../context.ts'
import { accountSql } from '../db/voter-classes.ts'

/** The account of the forge that a person is; null when none is known. */
export async function accountOf(
  { db, auth }: Pick<Context, 'db' | 'auth'>,
  personId: number,
): Promise<number | null> {
  const sql = `SELECT ${accountSql(auth === 'local')} AS account FROM persons p WHERE p.id = ?`
  const account = (await db.execute({ sql, args: [personId] })).rows[0]?.account
  return account === null || account === undefined ? null : Number(account)
}
