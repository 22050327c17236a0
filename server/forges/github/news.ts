/**
 * GitHub's deliveries. A delivery may be late or come twice, so that a name in it may be an old one: who
 * a repository is, is its id; what it is called, GitHub is asked when it matters.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import * as v from 'valibot'
import type { Delivery, News } from '../forge.ts'
import { itemFacts, pullFacts, repositoryFacts } from './facts.ts'
import { ItemSchema, PullSchema, RepositorySchema } from './schemas.ts'

const SubjectSchema = v.object({ repository: RepositorySchema, action: v.string() })
const IssueEventSchema = v.object({ issue: ItemSchema })
const PullEventSchema = v.object({ pull_request: PullSchema })
const PushSchema = v.object({ repository: RepositorySchema, ref: v.string() })

const IGNORED: News = { kind: 'ignored' }

/** The repository is not what it was; GitHub says under these actions how. */
const RENAMING = new Set(['renamed', 'transferred', 'publicized', 'edited', 'unarchived'])
const HIDING = new Set(['deleted', 'privatized'])

/** What a delivery says; `ignored` when it says nothing to us, or in a way that is not known. */
export function newsOf(host: string, { event, body }: Delivery): News {
  const json = jsonIn(body)
  if (event === 'push') return pushNews(host, json)
  const told = v.safeParse(SubjectSchema, json)
  if (!told.success) return IGNORED
  const { action } = told.output
  const repository = repositoryFacts(host, told.output.repository)
  const isPrivate = told.output.repository.private
  if (event === 'repository') {
    if (HIDING.has(action)) return { kind: 'hidden', repository }
    return RENAMING.has(action) ? { kind: 'named', repository } : IGNORED
  }
  if (event === 'issues' || event === 'issue_comment') {
    const issue = v.safeParse(IssueEventSchema, json)
    if (!issue.success) return IGNORED
    const item = itemFacts(issue.output.issue, repository)
    if (event === 'issues' && (action === 'deleted' || action === 'transferred')) {
      return { kind: 'gone', repository, number: item.number }
    }
    return { kind: 'item', repository, isPrivate, item, isAboutPull: false }
  }
  if (event === 'pull_request') {
    const pull = v.safeParse(PullEventSchema, json)
    if (!pull.success) return IGNORED
    return {
      kind: 'item',
      repository,
      isPrivate,
      isAboutPull: true,
      item: pullFacts(pull.output.pull_request, repository),
    }
  }
  return IGNORED
}

/** Who pushed what stands there by mail address only, so it says no more than that there is something. */
function pushNews(host: string, json: unknown): News {
  const told = v.safeParse(PushSchema, json)
  if (!told.success) return IGNORED
  const { repository, ref } = told.output
  if (ref !== `refs/heads/${repository.default_branch}`) return IGNORED
  const facts = repositoryFacts(host, repository)
  return { kind: 'work', repository: facts, isPrivate: repository.private }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
