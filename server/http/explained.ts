import { BadConfig, type Config } from '../config.ts'

/** What went wrong at the start, in words that help; what nobody foresaw stays as it is. */
export function explained(error: unknown, { host, port, database }: Config): unknown {
  if (error instanceof BadConfig) return error
  const chain = chainOf(error)
  const code = chain[0]?.code
  if (code === 'EADDRINUSE') {
    return new BadConfig(`Port ${port} of ${host} is taken. Stop what listens there, or set PORT.`)
  }
  if (code === 'EACCES')
    return new BadConfig(`Port ${port} needs rights that this user lacks. Set PORT.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new BadConfig(`This machine has no address ${host}. Set HOST.`)
  }
  const told = chain.map((one) => `${one.name} ${one.code} ${one.message}`).join(' ')
  if (/SQLITE|Drizzle|Libsql|ConnectionFailed|fetch failed/i.test(told)) {
    return new BadConfig(
      `The database ${database.url} cannot be opened and written (${chain.at(-1)?.message}). ` +
        'Check FORGEMOOT_DATABASE_URL, the rights on the file and its folder, and the space on the disk.',
    )
  }
  return error
}

/** An error and what caused it, outermost first. */
function chainOf(error: unknown): (Error & { code?: string })[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : []
}
