import type { VoterClass } from '#shared/score'

/**
 * A voter's class in a repository, `host/owner/name`. Who has merged work is learned by importing a repository, which this
 * version cannot do yet, so everybody is an other; this is the one place that will know better.
 */
export function voterClassOf(_personId: number, _repository: string): VoterClass {
  return 'other'
}
