import { expect, test } from 'vitest'
import { feedQueryOf } from './feed-query.ts'

test.each<[query: string, filter: Partial<ReturnType<typeof feedQueryOf>>]>([
  ['', { state: 'all', labels: [], left: [] }],
  ['is:issue state:open', { kind: 'issue', state: 'open', left: [] }],
  ['is:pr is:open', { kind: 'pull', state: 'open', left: [] }],
  ['is:issue is:closed sort:updated-desc', { kind: 'issue', state: 'closed', left: [] }],
  ['is:open label:"good first issue" label:bug', { labels: ['good first issue', 'bug'], left: [] }],
  ['is:open author:Ada', { author: 'Ada', left: [] }],
  ['author:@me', { author: undefined, left: ['author:@me'] }],
  ['author:ada author:bob', { author: 'ada', left: ['author:bob'] }],
  ['is:issue trees "tall trees"', { kind: 'issue', left: ['trees', '"tall trees"'] }],
  ['-label:bug no:assignee', { labels: [], left: ['-label:bug', 'no:assignee'] }],
  ['is:merged', { left: ['is:merged'] }],
  ['constructor:x __proto__:y', { left: ['constructor:x', '__proto__:y'] }],
])('%s', (query, filter) => {
  expect(feedQueryOf(query)).toMatchObject(filter)
})
