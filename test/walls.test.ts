import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bin, ROOT } from './commands/run.ts'

const house = mkdtempSync(path.join(tmpdir(), 'forgemoot-walls-'))
copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(house, '.oxlintrc.json'))
afterAll(() => rmSync(house, { recursive: true }))

/** The rules that a file of this text would break if it stood there. */
function broken(file: string, text: string): string[] {
  const at = path.join(house, file)
  mkdirSync(path.dirname(at), { recursive: true })
  writeFileSync(at, text)
  const { stdout } = spawnSync(bin('oxlint'), ['--format=json', file], {
    cwd: house,
    encoding: 'utf8',
  })
  rmSync(at)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] }
  return diagnostics.map(({ code }) => code)
}

const importing = (name: string) => `import * as other from '${name}'\nexport const all = other\n`

describe('the walls between rooms', () => {
  it.each([
    ['shared/score.ts', 'valibot'],
    ['shared/score.ts', 'node:fs'],
    ['shared/score.ts', '../server/main.ts'],
    ['shared/api/votes.ts', 'hono'],
    ['shared/api/votes.ts', '../../extension/messages.ts'],
    ['server/start.ts', '../extension/messages.ts'],
    ['server/start.ts', 'dexie'],
    ['server/services/about.ts', 'hono'],
    ['server/services/about.ts', '../http/replies.ts'],
    ['server/services/about.ts', 'preact'],
    ['server/services/about.ts', '../config.ts'],
    ['extension/background/outbox.ts', 'preact'],
    ['extension/background/outbox.ts', '@libsql/client'],
    ['extension/background/outbox.ts', '../page/start.ts'],
    ['extension/background/outbox.ts', '../forges/github/slots.ts'],
    ['extension/background/outbox.ts', '../../server/main.ts'],
    ['extension/page/start.ts', 'dexie'],
    ['extension/page/start.ts', '../forges/github/forge.ts'],
    ['extension/page/start.ts', '../background/store.ts'],
    ['extension/features/vote.ts', 'hono'],
    ['extension/features/vote.ts', './sort.ts'],
    ['extension/features/vote.ts', '../messages.ts'],
    ['extension/parts/menu.ts', '../state/scores.ts'],
    ['extension/state/scores.ts', '../forges/forge.ts'],
    ['extension/forges/github/find.ts', '../../state/scores.ts'],
  ])('%s may not import %s', (file, name) => {
    expect(broken(file, importing(name))).toContain('eslint(no-restricted-imports)')
  })

  it.each([
    ['extension/background/outbox.ts', './server.ts'],
    ['extension/background/outbox.ts', '../forges/github/api.ts'],
    ['extension/features/vote.ts', '../state/scores.ts'],
    ['extension/page/start.ts', '../features/vote.ts'],
    ['server/services/about.ts', '../context.ts'],
    ['shared/api/votes.ts', 'valibot'],
  ])('%s may import %s', (file, name) => {
    expect(broken(file, importing(name))).toEqual([])
  })

  it.each(['Date.now()', 'Math.random()', 'performance.now()', 'process.env'])(
    'shared/ knows no %s',
    (text) => {
      expect(broken('shared/score.ts', `export const now = ${text}\n`)).not.toEqual([])
    },
  )
})
