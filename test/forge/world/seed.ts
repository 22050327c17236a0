import { seedSubject } from './seed-subject.ts'
import { labelSeeds, logins } from './words.ts'
import type { Milestone, Repository, Subject, World } from './world.ts'

/** The forge as it is at the start of every test: two repositories, the same each time. */
export function seedWorld(): World {
  const accounts = logins.map((login, index) => ({ login, id: 1_400_001 + index * 37 }))
  const world: World = { accounts, repositories: new Map() }
  for (const [name, size] of [
    ['moot/garden', 1900],
    ['moot/pond', 70],
  ] as const) {
    const repository = emptyRepository(name)
    for (let number = 1; number <= size; number++) {
      repository.subjects.set(number, seedSubject(world, repository, number, size))
    }
    linkPulls(repository)
    world.repositories.set(name, repository)
  }
  return world
}

function emptyRepository(name: string): Repository {
  const id = name === 'moot/garden' ? 880_001 : 880_002
  const milestones: Milestone[] = [
    { number: 1, title: 'Spring 2026', state: 'closed' },
    { number: 2, title: 'Winter 2026', state: 'open' },
    { number: 3, title: 'Someday', state: 'open' },
  ]
  const labels = labelSeeds.map(([label, color, description], index) => ({
    id: id * 100 + index,
    name: label,
    color,
    description,
  }))
  return { name, id, labels, milestones, subjects: new Map() }
}

/** Every eleventh issue is linked with the next pull request. */
function linkPulls(repository: Repository): void {
  const subjects = [...repository.subjects.values()]
  const nextPull = (after: Subject) =>
    subjects.find(({ kind, number }) => kind === 'pull' && number > after.number)
  for (const subject of subjects) {
    if (subject.kind === 'pull' || subject.number % 11) continue
    const pull = nextPull(subject)
    if (pull) subject.linked.push(pull.number)
  }
}
