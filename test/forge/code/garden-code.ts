/** The code of `moot/garden`, made when somebody first asks: most who look at its pages never do. */
import { createHash } from 'node:crypto'
import type { World } from '../world/world.ts'
import { type Code, codeOf } from './code.ts'

/** Rules that newcomers can play through in minutes: nine contributors, three in favour, no waiting. */
const RULES = `version: 1

contributors:
  window: 52 weeks
  work: 2

maintainers: [dewberrylane, alderfoot]

vote:
  threshold: '> 1/2'
  inFavour: 3
  minPeriod: 0 minutes
  maxPeriod: 3 days

protected:
  - paths: [.github/workflows, '*.lock']
    threshold: at least 2/3
    inFavour: 5

open: contributors
cancel: maintainers
pass:
  action: merge
  method: merge
`

const FILES = {
  '.github/forgemoot.yml': RULES,
  '.github/workflows/test.yml': 'on: push\n',
  'README.md': '# Garden\n',
  'src/garden.js': Array.from({ length: 30 }, (_, i) => `bed(${i})\n`).join(''),
}

/** Every open pull request has one commit that adds a file. */
export function gardenCode(world: World): () => Code {
  let code: Code | undefined
  return () => {
    if (code) return code
    const repository = world.repositories.get('moot/garden')
    if (!repository) throw new Error('there is no moot/garden')
    const made = codeOf(repository, FILES)
    const { of } = made
    made.of = (number) => {
      const subject = repository.subjects.get(number)
      const isKnown = made.pulls.has(number)
      const pull = of(number)
      if (!isKnown && subject?.kind === 'pull' && subject.state === 'open') {
        made.push(number, { [`src/change-${number}.js`]: `change(${digest(number)})\n` })
      }
      return pull
    }
    return (code = made)
  }
}

const digest = (number: number) =>
  createHash('sha256').update(String(number)).digest().readUInt16BE(0)
