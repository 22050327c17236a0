import { partsOf, type SubjectId } from '#shared/subject'
import type { Value } from '#shared/vote'
import { timeText } from './time-text.ts'

const VALUE_NAMES: Record<Value, string> = { 1: 'Up', [-1]: 'Down', 0: 'Withdrawn' }

interface Props {
  votes: readonly { id: string; subject: SubjectId; value: Value; castAt: number; why: string }[]
}

/** Votes that no server has yet, and why each waits. */
export function WaitingVotes({ votes }: Props) {
  return (
    // Wide content scrolls by itself, so it must be reachable by keyboard.
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of waiting votes">
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">Vote</th>
            <th scope="col">Cast</th>
            <th scope="col">Why it waits</th>
          </tr>
        </thead>
        <tbody>
          {votes.map((vote) => (
            <tr key={vote.id}>
              <td>
                <a href={pageOf(vote.subject)} target="_blank" rel="noreferrer">
                  {vote.subject}
                </a>
              </td>
              <td class="tight">{VALUE_NAMES[vote.value]}</td>
              <td class="tight">{timeText(vote.castAt)}</td>
              <td>{vote.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where a subject can be read; GitHub sends pull requests on from there. */
function pageOf(subject: SubjectId): string {
  const { host, owner, name, number, part } = partsOf(subject)
  return `https://${host}/${owner}/${name}/issues/${number}${part ? `#${part}` : ''}`
}
