import { useEffect, useState } from 'preact/hooks'
import { type Attention, ask } from '../../messages.ts'
import { shortNet } from '../../parts/score-words.ts'

/** What deserves attention in the repositories that the reader looks at; nothing while there is nothing. */
export function AttentionSection() {
  const [attention, learn] = useState<Attention | undefined>(undefined)
  useEffect(() => {
    ask('readAttention').then(learn, () => undefined)
  }, [])
  if (!attention || (attention.rows.length === 0 && attention.standings.length === 0)) return null
  return (
    <section class="stack" aria-label="What deserves attention now">
      <h2>What deserves attention now</h2>
      <ol class="attention">
        {attention.rows.map(({ subject, kind, title, net }) => (
          <li key={subject}>
            <a href={addressOf(subject, kind)} target="_blank" rel="noreferrer">
              <bdi>{title}</bdi>
            </a>
            <div class="muted">
              {subject.slice(subject.indexOf('/') + 1)} · {shortNet(net)}
            </div>
          </li>
        ))}
      </ol>
      {attention.standings.map((standing) => (
        <p key={standing.repo} class="muted">
          {standingWords(standing)}
        </p>
      ))}
    </section>
  )
}

function addressOf(subject: string, kind: 'issue' | 'pull'): string {
  const [repository, number] = subject.split('#')
  return `https://${repository}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`
}

type Standing = Attention['standings'][number]

/** Why the reader is a contributor, or what is missing. */
function standingWords({ repo, voter, pulls, commits, windowDays, needed, importedAt }: Standing) {
  const name = repo.slice(repo.indexOf('/') + 1)
  const work = `${counted(pulls, 'merged pull request')} and ${counted(commits, 'commit')}`
  const window = `in the last ${windowDays} days`
  if (voter === 'contributor') return `You are a contributor to ${name}: ${work} ${window}.`
  if (importedAt === null)
    return `Nobody is a contributor to ${name} yet: it is still being imported.`
  return `In ${name} your votes inform: a contributor has ${counted(needed, 'merged pull request')} or commit ${window}, and you have ${work}.`
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
