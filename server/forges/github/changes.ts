/**
 * What a head changes against where it branched off. Paths, modes and contents come from the two trees,
 * which have all of them, and links too; how they are changed comes from the comparison, as far as it says.
 * A change is the same as another when every file goes from the same to the same, or by the same patch.
 */
import { createHash } from 'node:crypto'
import path from 'node:path/posix'
import * as v from 'valibot'
import { ForgeSilence } from '../forge.ts'
import type { Changes, FileChange } from '../forge-pulls.ts'
import { shaped } from './app-token.ts'

const sha = v.pipe(v.string(), v.regex(/^[\da-f]{40,64}$/))

const ComparisonSchema = v.object({
  base_commit: v.object({ sha }),
  merge_base_commit: v.object({ sha }),
  files: v.optional(
    v.array(
      v.object({
        filename: v.string(),
        status: v.string(),
        patch: v.optional(v.string()),
      }),
    ),
    [],
  ),
})

const TreeSchema = v.object({
  truncated: v.boolean(),
  tree: v.array(
    v.object({ path: v.string(), mode: v.string(), type: v.string(), sha: v.optional(sha, '') }),
  ),
})

const BlobSchema = v.object({ content: v.string(), encoding: v.literal('base64') })

const LINK = '120000'
const SUBMODULE = '160000'

/** Links that are followed at most; with more it is not known what can be reached by which name. */
const MOST_LINKS = 50
/** Links that lead to links. */
const DEEPEST = 5

/** What is at a path. */
interface Entry {
  mode: string
  sha: string
}

type Tree = ReadonlyMap<string, Entry>

/** Asks the API for what is at a path below the repository's address. */
export type Get = (path: string) => Promise<unknown>

export async function changesOf(
  get: Get,
  between: { tip: string; head: string },
  followLinks: boolean,
): Promise<Changes> {
  const { tip, head } = between
  // `per_page` is that of its commits: files are all on the first page.
  const comparison = shaped(ComparisonSchema, await get(`/compare/${tip}...${head}?per_page=1`))
  const base = comparison.merge_base_commit.sha
  const before = await treeAt(get, base)
  const after = await treeAt(get, head)
  if (!before || !after) return { hash: hashOf([['unknown', base, head]]), files: 'unknown' }
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter((each) => !isSame(before.get(each), after.get(each)))
    .toSorted()
  const patches = new Map(
    comparison.files.flatMap(({ filename, patch }) =>
      patch === undefined ? [] : [[filename, patch] as const],
    ),
  )
  const hash = hashOf(
    paths.map((each) => {
      const [from, to] = [before.get(each), after.get(each)]
      const patch = from && to ? patches.get(each) : undefined
      const contents = patch ?? [from?.sha ?? null, to?.sha ?? null]
      return [each, from?.mode ?? null, to?.mode ?? null, contents]
    }),
  )
  const files = paths.map((each) => ({
    path: each,
    isLink: leads(before.get(each)) || leads(after.get(each)),
  }))
  return { hash, files: followLinks ? await withAliases(get, before, files) : files }
}

const isSame = (one: Entry | undefined, other: Entry | undefined) =>
  one?.mode === other?.mode && one?.sha === other?.sha

const leads = (entry: Entry | undefined) => entry?.mode === LINK || entry?.mode === SUBMODULE

const hashOf = (list: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(list)).digest('hex')

/** Everything in a commit's tree but the folders; undefined when it is more than the forge tells. */
async function treeAt(get: Get, commit: string): Promise<Tree | undefined> {
  const { tree, truncated } = shaped(TreeSchema, await get(`/git/trees/${commit}?recursive=1`))
  if (truncated) return undefined
  return new Map(
    tree
      .filter(({ type }) => type !== 'tree')
      .map((entry) => [entry.path, { mode: entry.mode, sha: entry.sha }]),
  )
}

/** The files, and the other names that links in the tree give them. */
async function withAliases(
  get: Get,
  tree: Tree,
  files: readonly FileChange[],
): Promise<readonly FileChange[] | 'unknown'> {
  const links = [...tree].filter(([, { mode }]) => mode === LINK)
  if (links.length > MOST_LINKS) return 'unknown'
  const targets: [link: string, target: string][] = []
  for (const [link, entry] of links) {
    const { content } = shaped(BlobSchema, await get(`/git/blobs/${entry.sha}`))
    const target = Buffer.from(content, 'base64').toString()
    if (target === '') throw new ForgeSilence('GitHub answered in no known way.')
    targets.push([link, path.normalize(path.join(path.dirname(link), target))])
  }
  const known = new Map(files.map((file) => [file.path, file]))
  let fresh = [...known.keys()]
  for (let depth = 0; fresh.length; depth++) {
    if (depth > DEEPEST) return 'unknown'
    const found = fresh.flatMap((each) =>
      targets.flatMap(([link, target]) =>
        each === target || target === '.' || each.startsWith(`${target}/`)
          ? [target === '.' ? `${link}/${each}` : link + each.slice(target.length)]
          : [],
      ),
    )
    fresh = [...new Set(found)].filter((each) => !known.has(each))
    for (const each of fresh) known.set(each, { path: each, isLink: false })
  }
  return [...known.values()]
}
