import { describe, expect, it } from 'vitest'
import { pageOf } from './pages.ts'

const page = (path: string) => pageOf(new URL(path, 'https://github.com'))
const query = (path: string) => {
  const found = page(path)
  return found?.kind === 'list' ? found.view : undefined
}

describe('a GitHub address', () => {
  it.each([
    ['/numpy/numpy/issues', 'issues'],
    ['/numpy/numpy/issues/', 'issues'],
    ['/numpy/numpy/issues?q=is%3Apr', 'issues'],
    ['/numpy/numpy/issues/created_by/x', 'issues'],
    ['/numpy/numpy/issues/views/3', 'issues'],
    ['/numpy/numpy/pulls', 'pulls'],
    ['/numpy/numpy/pulls/octocat', 'pulls'],
    ['/numpy/numpy/labels/good%20first%20issue', 'mixed'],
    ['/numpy/numpy/milestone/4', 'mixed'],
    ['/issues', 'dashboard'],
    ['/issues/assigned', 'dashboard'],
    ['/pulls', 'dashboard'],
    ['/pulls/review-requested', 'dashboard'],
  ])('%s is a list of %s', (path, list) => {
    expect(page(path)).toMatchObject({ kind: 'list', list })
  })

  it.each([
    ['/NumPy/numpy/issues/45', 'github.com/numpy/numpy#45'],
    ['/numpy/numpy/issues/45#issuecomment-1', 'github.com/numpy/numpy#45'],
    ['/numpy/numpy/pull/45', 'github.com/numpy/numpy#45'],
    ['/numpy/numpy/pull/45/', 'github.com/numpy/numpy#45'],
  ])('%s is about %s', (path, subject) => {
    expect(page(path)).toEqual({ kind: 'subject', subject })
  })

  it.each([
    '/',
    '/numpy',
    '/numpy/numpy',
    '/numpy/numpy/commit/abc',
    '/numpy/numpy/blob/main/issues/45',
    '/numpy/numpy/settings',
    '/numpy/numpy/labels',
    '/numpy/numpy/milestones',
    '/numpy/numpy/milestone/4/edit',
    '/numpy/numpy/issues/new',
    '/numpy/numpy/issues/new/choose',
    '/numpy/numpy/pull/45/files',
    '/numpy/numpy/pull/45/commits',
    '/numpy/numpy/pull/45/checks',
    '/numpy/numpy/issues/0',
    '/settings/profile',
    '/login',
    '/orgs/numpy/issues',
    '/notifications',
  ])('%s is none of ours', (path) => {
    expect(page(path)).toBeUndefined()
  })

  it('of another host is none of ours', () => {
    expect(pageOf(new URL('https://gist.github.com/o/r/issues'))).toBeUndefined()
  })

  it('asks what the page asks', () => {
    expect(query('/NumPy/numpy/issues')).toEqual({
      repository: 'github.com/numpy/numpy',
      query: 'is:issue state:open',
      page: 1,
    })
    expect(query('/o/r/issues?q=is%3Aissue+label%3Abug+sort%3Aupdated-desc&page=3')).toMatchObject({
      query: 'is:issue label:bug sort:updated-desc',
      page: 3,
    })
    expect(query('/o/r/issues?page=-1')?.page).toBe(1)
    expect(query('/o/r/labels/good%20first%20issue')?.query).toBe(
      'state:open label:"good first issue"',
    )
    expect(query('/o/r/milestone/4')?.milestone).toBe(4)
    expect(query('/pulls/review-requested')?.query).toBe('is:pr is:open review-requested:@me')
  })
})
