import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './chromium.ts'
import { openBrowser, settled, type Stage } from './open-browser.ts'
import { PAGES } from './pages.ts'

const executable = chromiumPath()
if (executable === undefined) {
  process.stderr.write('browser tests skipped: no Chromium (apt-get install chromium, or set CHROMIUM)\n')
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** The dark scheme changes colours only, a narrow window places only. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']
const RULES_OF_SIZE = ['target-size', 'scrollable-region-focusable']

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
  readonly passes: readonly unknown[]
}

async function axeOf({ page }: Stage, rules: readonly string[]): Promise<AxeResults> {
  await page.evaluate(axe)
  const run = `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`
  return page.evaluate<AxeResults>(run)
}

describe.skipIf(executable === undefined)('the pages in a browser', { timeout: 300_000 }, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openBrowser(executable ?? '')
  }, 60_000)
  afterAll(async () => stage.close())

  test('the link signs in once, and the address bar does not keep the token', async () => {
    expect(stage.page.url()).toBe(`${new URL(stage.server.url).origin}/`)
    const stranger = await stage.browser.newContext()
    const page = await stranger.newPage()
    const answer = await page.goto(stage.server.url)
    expect(answer?.status()).toBe(401)
    expect(await page.textContent('h1')).toContain('not signed in')
    await stranger.close()
  })

  test('every page, light, dark and narrow: no barrier, and no wider than a telephone', async () => {
    const found: string[] = []
    for (const { name, address } of PAGES) {
      await stage.page.setViewportSize({ width: 1440, height: 900 })
      await stage.page.emulateMedia({ colorScheme: 'light' })
      await stage.visit(address)
      const light = await axeOf(stage, ALL_RULES)
      expect(light.passes.length, name).toBeGreaterThan(15)
      await stage.page.emulateMedia({ colorScheme: 'dark' })
      const dark = await axeOf(stage, RULES_OF_COLOUR)
      await stage.page.setViewportSize({ width: 390, height: 844 })
      const narrow = await axeOf(stage, RULES_OF_SIZE)
      const width = await stage.page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 390) found.push(`${name}: ${width} pixels wide`)
      for (const [how, { violations }] of Object.entries({ light, dark, narrow })) {
        for (const { id, nodes } of violations) {
          found.push(
            ...nodes.map(({ html, failureSummary }) => [name, how, id, html, failureSummary].join(': ')),
          )
        }
      }
    }
    await stage.page.setViewportSize({ width: 1440, height: 900 })
    await stage.page.emulateMedia({ colorScheme: 'light' })
    expect(found).toEqual([])
  })

  test('from search to the evidence of a path by keyboard alone', async () => {
    const { page } = stage
    await stage.visit('/')
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const at = document.activeElement
        return (at?.textContent || at?.getAttribute('aria-label') || '').trim()
      })
    await page.keyboard.press('/')
    await page.keyboard.type('role:ci-dep')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.textContent('h1')).toBe('ci-deploy')

    // From the heading on, Tab reaches the link to where it leads.
    for (let tabs = 0; tabs < 20 && (await focused()) !== 'Who gets here'; tabs += 1) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => page.textContent('h1')).toBe('Who reaches ci-deploy')

    await stage.visit('/paths')
    const drawing = page.getByRole('application')
    await drawing.waitFor()
    for (let tabs = 0; tabs < 40 && (await focused()) !== 'Drawing of the paths'; tabs += 1) {
      await page.keyboard.press('Tab')
    }
    expect(await focused()).toBe('Drawing of the paths')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(page.url()).toMatch(/path=1&at=3$/)
    await page.keyboard.press('Enter')
    expect(await focused()).toContain('What an attacker does')
    expect(await focused()).toMatch(/gaad\.json:\d+/)
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('step')
    await page.keyboard.press('ArrowDown')
    expect(page.url()).toMatch(/at=4$/)
  })

  test('what is focused is never under the header', async () => {
    const { page } = stage
    await stage.visit('/findings')
    const hidden: string[] = []
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press('Tab')
      const covered = await page.evaluate(() => {
        const at = document.activeElement
        const header = document.querySelector('header')
        if (!at || !header || header.contains(at) || !at.closest('main')) return null
        const box = at.getBoundingClientRect()
        return box.bottom <= header.getBoundingClientRect().bottom ? at.outerHTML.slice(0, 120) : null
      })
      if (covered !== null) hidden.push(covered)
    }
    expect(hidden).toEqual([])
  })

  test('the address keeps what was filtered and opened, and back undoes it', async () => {
    const { page } = stage
    await stage.visit('/findings')
    await page.getByLabel('High').check()
    await settled(page)
    expect(new URL(page.url()).searchParams.get('severity')).toBe('high')
    await page.getByRole('button', { name: 'Account 998877665544' }).click()
    expect(new URL(page.url()).searchParams.get('open')).not.toBeNull()
    await page.reload()
    await settled(page)
    await expect.poll(() => page.getByRole('heading', { name: 'Remedy' }).count()).toBe(1)
    await page.goBack()
    await expect.poll(() => page.getByLabel('High').isChecked()).toBe(false)
  })

  test('an answer that fails can be asked again, without a trace of the inside', async () => {
    const { page } = stage
    await page.route('**/api/v1/overview', (route) => route.abort())
    await page.goto(`${new URL(stage.server.url).origin}/`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('does not answer')
    await page.unroute('**/api/v1/overview')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Worth forwarding' }).waitFor()
    await settled(page)
    stage.complaints.splice(
      0,
      stage.complaints.length,
      ...stage.complaints.filter((one) => !one.includes('ERR_FAILED')),
    )
  })

  test('an identity that is not there is said so, with a way back', async () => {
    const { page } = stage
    await stage.visit('/identities/nobody')
    expect(await page.textContent('h1')).toBe('No such identity')
    await page.getByRole('link', { name: 'Back to the overview' }).click()
    await page.getByRole('heading', { name: 'Worth forwarding' }).waitFor()
  })

  test('names from the clouds are text, never markup or script', async () => {
    const { page } = stage
    await stage.visit(`/search?q=${encodeURIComponent('<img src=x onerror=document.title=1>')}`)
    expect(await page.locator('main img').count()).toBe(0)
  })

  test('nothing on the way broke the security policy or threw', () => {
    expect(stage.complaints).toEqual([])
  })
})
