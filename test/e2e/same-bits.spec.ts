/** A page foretells what a server will say, so that both must compute the same number to the last bit. */
import { bitsOf, type VectorFile } from '../vectors/run-vectors.ts'
import { expect, test } from './fixtures.ts'
import { ALIKE, otherBits, vectorFiles, vectorsScript } from './vectors-bundle.ts'

test('Chromium computes scores to the same bits as Node', async ({ context }) => {
  const page = await context.newPage()
  await page.evaluate(`${await vectorsScript()}; globalThis.vectors = vectors`)
  for (const [name, file] of vectorFiles()) {
    const there = await page.evaluate(
      (each) =>
        (globalThis as unknown as { vectors: { bitsOf: typeof bitsOf } }).vectors.bitsOf(each),
      file satisfies VectorFile,
    )
    const different = otherBits(bitsOf(file), there)
    console.log(`${name}: ${file.cases.length} cases, ${different} with other bits`)
    expect(there.length).toBeGreaterThan(0)
    if (ALIKE.includes(name)) expect(different, name).toBe(0)
  }
})
