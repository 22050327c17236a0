import { useId } from 'preact/hooks'
import browser from 'webextension-polyfill'
import type { Status } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'

/** Versions, and what is sent where. */
export function AboutSection({ status: { server, counts } }: { status: Status }) {
  return (
    <PageSection id={useId()} title="About">
      <dl class="facts">
        <dt>Version</dt>
        <dd>{browser.runtime.getManifest().version}</dd>
        <dt>Server’s version</dt>
        <dd>{server.about?.version ?? 'not known'}</dd>
        <dt>Scores kept here</dt>
        <dd>{counts.scores}</dd>
      </dl>
      <p class="muted">
        Forgemoot sends your votes, and the names of the issues and pull requests that you look at,
        to the server above and to nobody else. Those of private repositories are sent there, too:
        owner, name and number, never what is written in them. GitHub’s API is asked for the lists
        that you open on GitHub.
      </p>
    </PageSection>
  )
}
