/**
 * What a head changes against where it branched off. Paths, modes and contents come from the two trees,
 * which have all of them, and links too; how they are changed comes from the comparison, as far as it says.
 * A change is the same as another when every file goes from the same to the same, or by the same patch.
 *
 * Merging may change more than that: Git follows a file to where the base branch has moved it, and of two
 * histories that cross, a comparison shows one side. So what GitHub's test merge makes of the base branch as
 * it is now belongs to it, as far as it goes beyond the comparison: nearly always that is nothing.
 */
import { createHash } from 'node:crypto'
import path from 'node:path/posix'
import * as v from 'valibot'
import { ForgeSilence } from '../forge.ts'
import type { Between, Changes, FileChange } from '../forge-pulls.ts'
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

const CommitSchema = v.object({ parents: v.array(v.object({ sha })) })

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
  between: Between,
  followLinks: boolean,
): Promise<Changes> {
  const { tip, head } = between
  // `per_page` is that of its commits: files are all on the first page.
  const comparison = shaped(ComparisonSchema, await get(`/compare/${tip}...${head}?per_page=1`))
  const base = comparison.merge_base_commit.sha
  const before = await treeAt(get, base)
  const after = await treeAt(get, head)
  const now = tip === base ? before : await treeAt(get, tip)
  const isTried = await isMergeOf(get, between)
  const merged = isTried ? await treeAt(get, between.testMerge ?? '') : now
  if (!before || !after || !now || !merged) {
    return { hash: hashOf([['unknown', base, head]]), isTried, files: 'unknown' }
  }
  const paths = pathsBetween(before, after)
  const besides = pathsBetween(now, merged).filter((each) =>
    isSame(before.get(each), after.get(each)),
  )
  const patches = new Map(
    comparison.files.flatMap(({ filename, patch }) =>
      patch === undefined ? [] : [[filename, patch] as const],
    ),
  )
  const hash = hashOf([
    ...paths.map((each) => {
      const [from, to] = [before.get(each), after.get(each)]
      return step(each, from, to, from && to ? patches.get(each) : undefined)
    }),
    ...besides.map((each) => step(each, now.get(each), merged.get(each))),
  ])
  const trees = [before, after, now, merged]
  const files = [...paths, ...besides].map((each) => ({
    path: each,
    isLink: trees.some((tree) => leads(tree.get(each))),
  }))
  return {
    hash,
    isTried,
    files: followLinks ? await withAliases(get, [before, now], files) : files,
  }
}

/** A file from one state to the next, by what is known of how. */
const step = (file: string, from: Entry | undefined, to: Entry | undefined, patch?: string) => [
  file,
  from?.mode ?? null,
  to?.mode ?? null,
  patch ?? [from?.sha ?? null, to?.sha ?? null],
]

const pathsBetween = (one: Tree, other: Tree) =>
  [...new Set([...one.keys(), ...other.keys()])]
    .filter((each) => !isSame(one.get(each), other.get(each)))
    .toSorted()

/** Whether the test merge is one of just these two: GitHub makes it anew in its own time. */
async function isMergeOf(get: Get, { tip, head, testMerge }: Between): Promise<boolean> {
  if (testMerge === null) return false
  const { parents } = shaped(CommitSchema, await get(`/git/commits/${testMerge}`))
  return parents.length === 2 && parents[0]?.sha === tip && parents[1]?.sha === head
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

/** The files, and the other names that links in the trees give them. */
async function withAliases(
  get: Get,
  trees: readonly Tree[],
  files: readonly FileChange[],
): Promise<readonly FileChange[] | 'unknown'> {
  const entries = trees.flatMap((tree) => [...tree].filter(([, { mode }]) => mode === LINK))
  const links = [
    ...new Map(entries.map((entry) => [`${entry[1].sha} ${entry[0]}`, entry])).values(),
  ]
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
