import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

const resolver = createRequire(import.meta.url)

/**
 * Starts a module of ours in a thread of its own: Node 20 does not hand on tsx's hooks. It is loaded by
 * `require`, which asks no second thread of hooks for each import and takes half the time; so neither the
 * module nor any that it imports may await something at its top level.
 */
export function startThread(module: URL, workerData: WorkerOptions['workerData']): Worker {
  const tsx = JSON.stringify(resolver.resolve('tsx/cjs/api'))
  const entry = JSON.stringify(fileURLToPath(module))
  const boot = `require(${tsx}).register(); require(${entry})`
  return new Worker(boot, { eval: true, workerData })
}
