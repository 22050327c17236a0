import { parseArgs } from 'node:util'
import { startForge } from './forge.ts'

const { values } = parseArgs({
  options: { port: { type: 'string' }, 'signed-in': { type: 'string' } },
})
const login = values['signed-in']
const forge = await startForge({
  port: Number(values.port ?? 0),
  ...(login !== undefined && { signedIn: login }),
})
console.log(`forge listening on ${forge.port}`)
console.log(
  `--host-resolver-rules="MAP github.com:443 127.0.0.1:${forge.port}, MAP api.github.com:443 127.0.0.1:${forge.port}"`,
)
