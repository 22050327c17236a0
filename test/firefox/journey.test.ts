import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFirefox } from '../commands/browsers.ts'
import { bin, ROOT, run } from '../commands/run.ts'
import { startServer, until } from '../e2e/fixtures.ts'
import { ALIKE, otherBits, vectorFiles, vectorsScript } from '../e2e/vectors-bundle.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { bitsOf, type VectorFile } from '../vectors/run-vectors.ts'
import { found, launchFirefox, openOwnPage } from './firefox.ts'

const LIST = 'https://github.com/moot/garden/issues'
const UP = 'forgemoot-vote[data-slot="row"] >>> button.up'

const executable = findFirefox()
if (!executable) console.log('skipped: no Firefox was found; FIREFOX_PATH names one')

describe.skipIf(!executable)('in Firefox', () => {
  let forge: Forge
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser

  beforeAll(async () => {
    if (!existsSync(path.join(ROOT, '.output/firefox-mv3')))
      await run(bin('wxt'), ['build', '-b', 'firefox'])
    forge = await startForge({ signedIn: 'ashdibble' })
    server = await startServer()
    browser = await launchFirefox(executable ?? '', forge.port)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await forge?.close()
  })

  it('a reader sees scores, signs in, votes, sorts, and finds all of it after a reload', async () => {
    const options = await openOwnPage(browser, 'options')
    const address = await found(options, '::-p-aria([name="Address"][role="textbox"])')
    await address.click({ count: 3 })
    await address.type(server.address)
    await (await found(options, '::-p-aria([name="Save"][role="button"])')).click()
    await (await found(options, '::-p-aria([name="Login"][role="textbox"])')).type('grace')
    await (await found(options, '::-p-aria([name="Sign in"][role="button"])')).click()
    await found(options, '::-p-text(Signed in as)')
    await options.close()

    const page = await browser.newPage()
    await page.goto(LIST)
    await allScored(page)
    const github = await painted(page)
    expect(github).toHaveLength(25)

    const chosen = github.at(-1) ?? ''
    await (await found(page, UP.replace(']', `][data-subject="${chosen}"]`))).click()
    await until(async () => (await votesAt(server.address, chosen)) === 1)
    expect(await page.evaluate(() => location.href)).toBe(LIST)

    await (await found(page, 'forgemoot-sort >>> button[aria-haspopup="menu"]')).click()
    await (await found(page, 'forgemoot-sort >>> ::-p-text(Top)')).click()
    await until(async () => (await painted(page)).join() !== github.join())
    const sorted = await painted(page)
    expect(sorted.toSorted()).toEqual(github.toSorted())

    await page.reload()
    await allScored(page)
    await until(async () => (await painted(page)).join() === sorted.join())
    const up = await found(page, UP.replace(']', `][data-subject="${chosen}"]`))
    expect(await up.evaluate((button) => button.getAttribute('aria-pressed'))).toBe('true')
    expect(await page.evaluate('window.__forgeErrors')).toEqual([])
    expect(await page.evaluate('window.__forge.integrity()')).toEqual([])
  })

  it('a conversation has votes on every comment, is read by value, and may be told why', async () => {
    const page = await browser.newPage()
    await page.goto('https://github.com/moot/garden/issues/200')
    await until(async () => (await inTalk(page)).length === 30)
    await until(async () => (await inTalk(page)).every(({ score }) => score !== ''))
    await found(page, 'forgemoot-fold >>> button')
    await (await found(page, 'forgemoot-sort >>> button[aria-haspopup="menu"]')).click()
    await (await found(page, 'forgemoot-sort >>> ::-p-text(Value)')).click()
    await until(async () => {
      const nets = (await inTalk(page)).map(({ score }) => Number(score))
      return nets.length === 30 && nets[0] === Math.max(...nets)
    })
    await found(page, 'forgemoot-events >>> button')
    const [first] = await inTalk(page)
    const widget = `forgemoot-vote[data-subject="${first?.subject}"]`
    await (await found(page, `${widget} >>> button.down`)).click()
    await (await found(page, `${widget} >>> .why ::-p-text(Off topic)`)).click()
    await until(async () => {
      const query = new URLSearchParams({ subject: first?.subject ?? '' })
      const reply = await fetch(`${server.address}/v1/reasons?${query}`)
      return (await reply.text()).includes('"others":{"off-topic":1}')
    })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await until(async () => (await page.$('[data-forgemoot-flow]')) === null)
    expect(await page.evaluate('window.__forgeErrors')).toEqual([])
  })

  it('computes scores to the same bits as Node', async () => {
    const page = await browser.newPage()
    await page.evaluate(`${await vectorsScript()}; globalThis.vectors = vectors`)
    for (const [name, file] of vectorFiles()) {
      const there = await page.evaluate(
        (text) =>
          (globalThis as unknown as { vectors: { bitsOf: typeof bitsOf } }).vectors.bitsOf(
            JSON.parse(text) as VectorFile,
          ),
        JSON.stringify(file),
      )
      const different = otherBits(bitsOf(file), there)
      console.log(`${name}: ${file.cases.length} cases, ${different} with other bits`)
      if (ALIKE.includes(name)) expect(different, name).toBe(0)
    }
  })
})

/** Subjects of the rows, from top to bottom as painted. */
function painted(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="row"]')]
      .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((widget) => widget.dataset['subject'] ?? ''),
  )
}

/** Subjects and scores of the comments, from top to bottom as painted. */
function inTalk(page: Page): Promise<{ subject: string; score: string }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="comment"]')]
      .map((widget) => ({
        subject: widget.dataset['subject'] ?? '',
        score: widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score') ?? '',
        top: widget.closest('[data-wrapper-timeline-id]')?.getBoundingClientRect().top ?? 0,
      }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ subject, score }) => ({ subject, score })),
  )
}

async function allScored(page: Page): Promise<void> {
  // The page's policy forbids waitForFunction to make its function there.
  await until(() =>
    page.evaluate(() => {
      const widgets = [...document.querySelectorAll('forgemoot-vote[data-slot="row"]')]
      return (
        widgets.length > 0 &&
        widgets.every((each) => !each.shadowRoot?.querySelector('[data-score=""]'))
      )
    }),
  )
}

/** How many others voted up, as the server tells anybody. */
async function votesAt(address: string, subject: string): Promise<number | undefined> {
  const response = await fetch(`${address}/v1/scores`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ subjects: [subject] }),
  })
  const { scores } = (await response.json()) as {
    scores: Record<string, { others: { up: number } }>
  }
  return scores[subject]?.others.up
}
