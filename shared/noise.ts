import type { Evidence } from './score.ts'

/** So few contributors say nothing yet. */
const CONTRIBUTORS = 3

/** Whether contributors found something to be worth so little that it need not take up room. */
export function isNoise(
  { contributors, value }: Evidence & { value: number },
  below: number,
): boolean {
  return contributors.up + contributors.down >= CONTRIBUTORS && value < below
}
