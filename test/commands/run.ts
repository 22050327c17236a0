import { spawn, type SpawnOptions } from 'node:child_process'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../..')

/** The path of a package's own program. */
export const bin = (name: string) => path.join(ROOT, 'node_modules/.bin', name)

/** Runs a program in the repository's root and resolves to its exit code. */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs steps one after another until one fails; says which, and resolves to an exit code. */
export async function runSteps(steps: Step[]): Promise<number> {
  for (const { name, run: step } of steps) {
    const began = Date.now()
    const code = await step()
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`
    console.log(code === 0 ? `✓ ${name} (${took})` : `✗ ${name} failed (${took})`)
    if (code !== 0) return code
  }
  return 0
}

export interface Step {
  name: string
  run(): Promise<number>
}
