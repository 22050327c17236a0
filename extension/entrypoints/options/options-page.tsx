import type { ComponentType } from 'preact'
import type { Status } from '../../messages.ts'
import { silence, status } from '../../state/status.ts'
import { AboutSection } from './about-section.tsx'
import { ConversationsSection } from './conversations-section.tsx'
import { ForgeSection } from './forge-section.tsx'
import { ListsSection } from './lists-section.tsx'
import { MyDataSection } from './my-data-section.tsx'
import { MyVotesSection } from './my-votes-section.tsx'
import { SelfCheckSection } from './self-check-section.tsx'
import { ServerSection } from './server-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { SignInSection } from './sign-in-section.tsx'
import { WaitingSection } from './waiting-section.tsx'

const SECTIONS: ComponentType<{ status: Status }>[] = [
  ServerSection,
  SignInSection,
  WaitingSection,
  ForgeSection,
  ListsSection,
  ConversationsSection,
  SelfCheckSection,
  MyVotesSection,
  SessionsSection,
  MyDataSection,
  AboutSection,
]

/** The settings page. */
export function OptionsPage() {
  const now = status.value
  return (
    <main>
      <header>
        <h1>Forgemoot</h1>
      </header>
      {silence.value !== undefined && (
        <p role="alert" class="bad">
          Forgemoot’s background does not answer: {silence.value}
        </p>
      )}
      {now && SECTIONS.map((Section) => <Section status={now} />)}
    </main>
  )
}
