import type { CheckRun, Code } from './code.ts'

/** A check run as GitHub says it. */
export function checkBody({ repository }: Code, check: CheckRun) {
  const url = `https://api.github.com/repos/${repository.name}/check-runs/${check.id}`
  return {
    id: check.id,
    head_sha: check.head,
    node_id: `CR_${check.id}`,
    external_id: check.externalId,
    url,
    html_url: `https://github.com/${repository.name}/runs/${check.id}`,
    details_url: 'https://example.org',
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.title,
      summary: check.summary,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    name: check.name,
    check_suite: { id: 5 },
    app: null,
    pull_requests: [],
  }
}
