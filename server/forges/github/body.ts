/** More than a hundred issues of the greatest length have, in bytes. */
const LONGEST = 64 * 1024 * 1024

/** The text of an answer. Throws when it breaks off, or does not end. */
export async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > LONGEST) throw new RangeError('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** A body as JSON. Throws, as for a body that broke off, when it is none. */
export const parsedJson = (text: string): unknown => JSON.parse(text)
