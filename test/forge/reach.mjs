/** `reach.ts` for a process that was not started with tsx: to be given to `--import`. */
import { createRequire } from 'node:module'
import { register } from 'tsx/cjs/api'

const unregister = register()
createRequire(import.meta.url)('./reach.ts')
unregister()
