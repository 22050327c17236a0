/**
 * The server's first file: Node 20 runs no TypeScript by itself. What it loads is loaded by `require`, as in
 * `thread.ts` and for the same reason: hooks for `import` take a thread of their own, 30 MB, and half as long again.
 * So neither `main.ts` nor what it imports may await something at its top level.
 */
import { createRequire } from 'node:module'
import { register } from 'tsx/cjs/api'

register()
createRequire(import.meta.url)('./main.ts')
