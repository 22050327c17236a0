import { test } from 'vitest'
import { isRemote } from './testing-database.ts'

/** Everything that is left out where the database is remote, and why. */
const FILE_ONLY = {
  lock: 'a file has one server, which locks it; a remote database has several',
  settings: 'a remote database is not ours to set: it refuses PRAGMA, and syncs as it likes',
  copy: 'a backup copies a file, and a restore replaces one; a remote database is moved instead',
  place: 'what is said of the path of a file, and of the bytes and the journal that it has',
  moment: 'a remote database lets nobody look at one moment for as long as a recount takes',
  dump: 'databases of former versions were files, and reach a remote one by being moved',
} as const

/** A test of what only a file has, for a reason of these. */
export const onFile = (_why: keyof typeof FILE_ONLY) => test.skipIf(isRemote)
