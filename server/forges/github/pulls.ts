/** GitHub's pull requests: what they are, under which rules, what is said of them, and merging them. */
import * as v from 'valibot'
import type { RepositoryFacts } from '../../forge-facts.ts'
import { ForgeRefusal, ForgeSilence } from '../forge.ts'
import type { MergeAnswer, PullFacts, PullForge, Report } from '../forge-pulls.ts'
import { shaped, type TokenFor } from './app-token.ts'
import { changesOf } from './changes.ts'
import { accountFacts } from './facts.ts'
import { AccountSchema } from './schemas.ts'
import type { Request, Send, Sent } from './send.ts'

/**
 * What the check is called among those of a commit, and in rules of branches that want it. GitHub keeps checks
 * by commit, whatever branch it would be merged into: without the branch, what passed for one were green for all.
 */
const checkName = ({ defaultBranch }: RepositoryFacts, { baseRef }: Report) =>
  baseRef === defaultBranch ? 'Forgemoot' : `Forgemoot (${baseRef})`

const sha = v.pipe(v.string(), v.regex(/^[\da-f]{40,64}$/))
const account = v.optional(v.nullable(AccountSchema), null)

const PullSchema = v.object({
  number: v.number(),
  title: v.string(),
  state: v.picklist(['open', 'closed']),
  draft: v.optional(v.nullable(v.boolean()), false),
  merged: v.boolean(),
  mergeable: v.optional(v.nullable(v.boolean()), null),
  mergeable_state: v.optional(v.string(), 'unknown'),
  merge_commit_sha: v.optional(v.nullable(sha), null),
  merged_by: account,
  user: account,
  head: v.object({ sha }),
  base: v.object({
    ref: v.pipe(v.string(), v.minLength(1)),
    repo: v.object({ private: v.boolean() }),
  }),
  stack: v.optional(v.nullable(v.object({ number: v.optional(v.number()) })), null),
})

const FileSchema = v.object({
  type: v.string(),
  sha,
  encoding: v.optional(v.string(), ''),
  content: v.optional(v.string(), ''),
})

const RefSchema = v.object({ object: v.object({ type: v.literal('commit'), sha }) })
const CheckSchema = v.object({ id: v.number() })
const ChecksSchema = v.object({
  check_runs: v.array(
    v.object({ id: v.number(), external_id: v.optional(v.nullable(v.string())) }),
  ),
})
const MergedSchema = v.object({ sha, merged: v.literal(true) })
const SaidSchema = v.object({ message: v.optional(v.string(), '') })
const AsyncSchema = v.object({
  status: v.picklist(['pending', 'merged', 'enqueued', 'failed']),
  message: v.optional(v.nullable(v.string()), null),
  sha: v.optional(v.nullable(sha), null),
  details: v.optional(v.nullable(v.object({ uuid: v.optional(v.string()) })), null),
})

/** What GitHub calls why it would not merge. The rest are no obstacles. */
const OBSTACLES: Record<string, string> = {
  dirty: 'It conflicts with the base branch.',
  blocked: 'GitHub’s rules for the branch are not met yet: a check or a review is missing.',
  behind: 'The branch is behind its base, and the branch’s rules want it up to date.',
  draft: 'It is a draft.',
  unknown: 'GitHub is still working out whether it can be merged.',
}

export function pullsOf(send: Send, tokenFor: TokenFor): PullForge {
  async function ask(repository: RepositoryFacts, request: Omit<Request, 'token'>): Promise<Sent> {
    const { owner, name } = repository
    const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}${request.path}`
    return send({ ...request, path, token: await tokenFor(repository) })
  }

  const get = (repository: RepositoryFacts) => async (path: string) => {
    const { status, json } = await ask(repository, { method: 'GET', path })
    if (status !== 200) throw refusal('GitHub does not show us what is needed.', status)
    return json
  }

  const tipOf = async (repository: RepositoryFacts, branch: string) =>
    shaped(RefSchema, await get(repository)(refPath(branch))).object.sha

  return {
    async pull(repository, number) {
      const { status, json } = await ask(repository, { method: 'GET', path: `/pulls/${number}` })
      if (status === 404 || status === 410) return undefined
      if (status !== 200) throw refusal('GitHub does not show us the pull request.', status)
      return factsOf(shaped(PullSchema, json))
    },

    tip: tipOf,

    async rules(repository, branch, path) {
      const tip = await tipOf(repository, branch)
      const address = `/contents/${path}?ref=${tip}`
      const { status, json } = await ask(repository, { method: 'GET', path: address })
      if (status === 404) return { tip, file: null }
      if (status !== 200) throw refusal('GitHub does not show us the rules.', status)
      const file = shaped(FileSchema, json)
      if (file.type !== 'file' || file.encoding !== 'base64') {
        throw new ForgeRefusal(`${path} has to be a file, and not longer than a megabyte.`)
      }
      return { tip, file: { text: Buffer.from(file.content, 'base64').toString(), hash: file.sha } }
    },

    async isPublic(repository) {
      const path = `/repositories/${repository.forgeId}`
      const token = await tokenFor(repository)
      const { status, json } = await send({ method: 'GET', path, token })
      if (status === 404) return false
      if (status !== 200) throw refusal('GitHub does not show us the repository.', status)
      return !shaped(v.object({ private: v.boolean() }), json).private
    },

    changes: (repository, between, followLinks) => changesOf(get(repository), between, followLinks),

    async account(repository, login) {
      const path = `/users/${encodeURIComponent(login)}`
      const { status, json } = await send({
        method: 'GET',
        path,
        token: await tokenFor(repository),
      })
      if (status === 404) return undefined
      if (status !== 200) throw refusal('GitHub does not say who somebody is.', status)
      return accountFacts(shaped(AccountSchema, json))
    },

    async report(repository, report, known) {
      const name = checkName(repository, report)
      const body = { name, ...checkOf(report) }
      const number = known ?? (await knownCheck(repository, report, name))
      if (number !== undefined) {
        const path = `/check-runs/${number}`
        const { status } = await ask(repository, { method: 'PATCH', path, body })
        if (status === 200) return number
        if (status !== 404) throw checkRefusal(status)
      }
      const made = await ask(repository, {
        method: 'POST',
        path: '/check-runs',
        body: { ...body, head_sha: report.head },
      })
      if (made.status !== 201) throw checkRefusal(made.status)
      return shaped(CheckSchema, made.json).id
    },

    async merge(repository, number, { head, method }) {
      const body = { sha: head, merge_method: method }
      const started = await ask(repository, {
        method: 'PUT',
        path: `/pulls/${number}/merge-async`,
        body,
      })
      // Only what is accepted now is ours: what was under way already may be another head, asked for by others.
      if (started.status === 202) return followMerge(repository, number, started)
      if (started.status === 200 || started.status === 409) {
        return { kind: 'pending', note: 'GitHub is merging it already.' }
      }
      if (started.status !== 404)
        return { kind: 'refused', note: said(started.json, started.status) }
      const { status, json } = await ask(repository, {
        method: 'PUT',
        path: `/pulls/${number}/merge`,
        body,
      })
      if (status === 200) return { kind: 'merged', sha: shaped(MergedSchema, json).sha }
      if (status === 409) return { kind: 'moved' }
      return { kind: 'refused', note: said(json, status) }
    },
  }

  /** The check that says the same, from before somebody could write its number down. */
  async function knownCheck(repository: RepositoryFacts, { head, key }: Report, name: string) {
    const query = new URLSearchParams({ check_name: name, filter: 'all', per_page: '100' })
    const path = `/commits/${head}/check-runs?${query}`
    const { status, json } = await ask(repository, { method: 'GET', path })
    if (status !== 200) return undefined
    return shaped(ChecksSchema, json).check_runs.find(({ external_id }) => external_id === key)?.id
  }

  /** What became of a merge that GitHub does in its own time, as far as it can be waited for. */
  async function followMerge(
    repository: RepositoryFacts,
    number: number,
    started: Sent,
  ): Promise<MergeAnswer> {
    let answer = started
    for (let look = 0; look < LOOKS; look++) {
      if (![200, 202].includes(answer.status)) {
        return { kind: 'refused', note: said(answer.json, answer.status) }
      }
      const { status, message, sha: into, details } = shaped(AsyncSchema, answer.json)
      if (status === 'merged') return { kind: 'merged', sha: into }
      if (status === 'failed') {
        const isMoved = message !== null && /head .*(?:modified|out of date|changed)/i.test(message)
        return isMoved
          ? { kind: 'moved' }
          : { kind: 'refused', note: message ?? 'GitHub could not merge it.' }
      }
      if (status === 'enqueued') return { kind: 'pending', note: 'It is in the merge queue.' }
      if (details?.uuid === undefined) break
      await new Promise((done) => setTimeout(done, PAUSE))
      const path = `/pulls/${number}/merge-async/${encodeURIComponent(details.uuid)}`
      answer = await ask(repository, { method: 'GET', path })
    }
    return { kind: 'pending', note: 'GitHub has begun to merge it.' }
  }
}

/** How often, and after how many milliseconds, a merge under way is asked about. */
const LOOKS = 6
const PAUSE = 500

const refPath = (branch: string) =>
  `/git/ref/heads/${branch.split('/').map(encodeURIComponent).join('/')}`

function factsOf(body: v.InferOutput<typeof PullSchema>): PullFacts {
  const isOpen = body.state === 'open'
  return {
    number: body.number,
    title: body.title,
    head: body.head.sha,
    baseRef: body.base.ref,
    isPrivate: body.base.repo.private,
    isOpen,
    isMerged: body.merged,
    isDraft: body.draft ?? false,
    author: body.user && accountFacts(body.user),
    mergedBy: body.merged_by && accountFacts(body.merged_by),
    mergeSha: body.merged ? body.merge_commit_sha : null,
    testMerge: isOpen && body.mergeable === true ? body.merge_commit_sha : null,
    isMergeable: body.mergeable,
    obstacle: isOpen ? obstacleOf(body) : 'It is closed.',
  }
}

function obstacleOf({
  draft,
  mergeable,
  mergeable_state: state,
  stack,
}: v.InferOutput<typeof PullSchema>) {
  if (stack)
    return 'It is part of a stack, which would be merged with it: that is for people to do.'
  if (draft) return OBSTACLES.draft ?? null
  if (mergeable === null) return OBSTACLES.unknown ?? null
  if (!mergeable) return OBSTACLES.dirty ?? null
  return OBSTACLES[state] ?? null
}

/** Where a check is required GitHub lets `success`, `neutral` and `skipped` through, and nothing else. */
const CONCLUSIONS = {
  passed: 'success',
  failed: 'failure',
  neutral: 'neutral',
  ended: 'cancelled',
} as const

const timeText = (time: number) => new Date(time).toISOString()

function checkOf({ key, outcome, title, summary, startedAt, completedAt }: Report) {
  return {
    external_id: key,
    started_at: timeText(startedAt),
    ...(outcome === 'open'
      ? { status: 'in_progress' }
      : {
          status: 'completed',
          conclusion: CONCLUSIONS[outcome],
          ...(completedAt !== null && { completed_at: timeText(completedAt) }),
        }),
    output: { title, summary },
  }
}

function said(json: unknown, status: number): string {
  const { message } = v.safeParse(SaidSchema, json).success
    ? v.parse(SaidSchema, json)
    : { message: '' }
  return `GitHub says (${status}): ${message.slice(0, 300) || 'nothing more'}`
}

const refusal = (sentence: string, status: number) =>
  status === 404 ? new ForgeRefusal(sentence, true) : new ForgeRefusal(`${sentence} (${status})`)

const checkRefusal = (status: number) =>
  status === 403 || status === 404
    ? new ForgeRefusal(
        'GitHub lets only an app make checks, with the right to. Set one up at /setup.',
      )
    : new ForgeSilence(`GitHub did not take the check (${status}).`)
