import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Starts a module of ours in a thread of its own: Node 20 does not hand on tsx's hooks. */
export function startThread(module: URL, workerData: WorkerOptions['workerData']): Worker {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const entry = JSON.stringify(module.href)
  const boot = `import(${tsx}).then(({ register }) => { register(); return import(${entry}) })`
  return new Worker(boot, { eval: true, workerData })
}
