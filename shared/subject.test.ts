import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRepository, parseSubject, partsOf, repositoryOf } from './subject.ts'

describe('a subject', () => {
  it.each([
    ['github.com/numpy/numpy#45', 'github.com/numpy/numpy#45'],
    ['GitHub.com/NumPy/NumPy#45', 'github.com/numpy/numpy#45'],
    ['https://github.com/numpy/numpy/issues/45', 'github.com/numpy/numpy#45'],
    ['https://github.com/numpy/numpy/pull/45', 'github.com/numpy/numpy#45'],
    ['http://github.com/numpy/numpy/pull/45/', 'github.com/numpy/numpy#45'],
    ['https://github.com/numpy/numpy/pull/45/files?w=1', 'github.com/numpy/numpy#45'],
    ['https://github.com/numpy/numpy/issues/45?timeline_page=2#top', 'github.com/numpy/numpy#45'],
    ['https://github.com/o/r/issues/45#issue-998', 'github.com/o/r#45'],
    ['https://github.com/o/r/issues/45#issuecomment-678', 'github.com/o/r#45/issuecomment-678'],
    ['https://github.com/o/r/pull/45#discussion_r9', 'github.com/o/r#45/discussion_r9'],
    ['https://github.com/o/r/pull/45/files#discussion_r9', 'github.com/o/r#45/discussion_r9'],
    [
      'https://github.com/o/r/pull/45#pullrequestreview-10',
      'github.com/o/r#45/pullrequestreview-10',
    ],
    ['github.com/o/r#45/issuecomment-678', 'github.com/o/r#45/issuecomment-678'],
    ['github.example.org:8443/o/r#1', 'github.example.org:8443/o/r#1'],
    ['github.com/o/.github#1', 'github.com/o/.github#1'],
    ['github.com/octo_corp/a.b-c_d#1', 'github.com/octo_corp/a.b-c_d#1'],
  ])('%s is read as %s', (text, id) => {
    expect(parseSubject(text)).toBe(id)
  })

  it.each([
    '',
    '#45',
    'numpy/numpy#45',
    'github.com/numpy#45',
    'github.com/numpy/numpy#0',
    'github.com/numpy/numpy#045',
    'github.com/numpy/numpy#-1',
    'github.com/numpy/numpy#1.5',
    'github.com/numpy/numpy#99999999999',
    'github.com/numpy/numpy#45/',
    'github.com/numpy/numpy#45/issuecomment-0',
    'github.com/numpy/numpy#45/other-1',
    'github.com/../numpy#45',
    'github.com/numpy/..#45',
    'github.com/-numpy/numpy#45',
    'github.com/num py/numpy#45',
    'github.com/numpy/num\u202epy#45',
    'github.com/numpy/num\u200bpy#45',
    'github.com/numpy/lin\u212a#45',
    'localhost/o/r#1',
    'ftp://github.com/o/r/issues/45',
    'javascript:github.com/o/r/issues/45',
    'https://user@github.com/o/r/issues/45',
    'https://github.com/o/r/issues/',
    'https://github.com/o/r/issues/new',
    'https://github.com/o/r/commit/45',
    ` github.com/o/r#45`,
    'github.com/o/r#45\n',
    `https://github.com/o/r/issues/45?${'x'.repeat(3000)}`,
    `github.com/${'o'.repeat(40)}/r#1`,
  ])('%j is none', (text) => {
    expect(parseSubject(text)).toBeUndefined()
  })

  it('has one form: parsing again changes nothing', () => {
    const id = fc
      .tuple(
        fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/),
        fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,30}$/),
        fc.integer({ min: 1, max: 2_000_000_000 }),
      )
      .map(([owner, name, number]) => `https://github.com/${owner}/${name}/issues/${number}`)
    fc.assert(
      fc.property(id, (url) => {
        const subject = parseSubject(url)
        if (!subject) throw new Error(`not read: ${url}`)
        expect(parseSubject(subject)).toBe(subject)
        const { host, owner, name, number, part } = partsOf(subject)
        expect(`${host}/${owner}/${name}#${number}${part && `/${part}`}`).toBe(subject)
        expect(repositoryOf(subject)).toBe(`${host}/${owner}/${name}`)
      }),
    )
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const subject = parseSubject(text)
        if (subject !== undefined) expect(parseSubject(subject)).toBe(subject)
      }),
    )
  })
})

describe('a repository', () => {
  it.each([
    ['github.com/numpy/numpy', 'github.com/numpy/numpy'],
    ['GitHub.com/NumPy/NumPy', 'github.com/numpy/numpy'],
    ['https://github.com/numpy/numpy', 'github.com/numpy/numpy'],
    ['https://github.com/numpy/numpy/issues?q=is%3Aopen', 'github.com/numpy/numpy'],
    ['https://github.com/numpy/numpy.git', 'github.com/numpy/numpy'],
    ['https://github.com/numpy/numpy.git.git', 'github.com/numpy/numpy'],
    ['github.com/numpy/numpy.github.io', 'github.com/numpy/numpy.github.io'],
    ['github.com/numpy/numpy#45', 'github.com/numpy/numpy'],
  ])('%s is %s', (text, repository) => {
    expect(parseRepository(text)).toBe(repository)
  })

  it.each([
    '',
    'numpy/numpy',
    'github.com/numpy',
    'github.com/numpy/',
    'github.com/numpy/..',
    'github.com/numpy/.',
    'github.com/../numpy',
    'github.com/-a/b',
    'ftp://github.com/numpy/numpy',
    'https://user@github.com/numpy/numpy',
    `github.com/numpy/${'n'.repeat(101)}`,
    'github.com/numpy/num py',
  ])('%j is none', (text) => {
    expect(parseRepository(text)).toBeUndefined()
  })
})
