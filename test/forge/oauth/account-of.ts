import type { Account, World } from '../world/world.ts'

/** An id never comes back, whoever is deleted. */
let lastId = 1_500_000

/** Somebody with that login, who comes into being when nobody has it. */
export function accountOf(world: World, login: string): Account {
  const known = world.accounts.find((account) => account.login === login)
  if (known) return known
  const account = { login, id: ++lastId }
  world.accounts.push(account)
  return account
}
