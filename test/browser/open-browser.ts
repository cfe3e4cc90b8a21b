import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { startServer, type ApiHandlers, type RunningServer } from '../../app/server/index.ts'
import { estateApi } from '../fakes/estate-api.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A running server with the built UI, and a browser that is signed in to it. */
export interface Stage {
  readonly server: RunningServer
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** Messages of the console that a reader of it would worry about: policy violations, uncaught errors. */
  readonly complaints: string[]
  /** Goes to an in-app address and waits until nothing is loading. */
  visit(address: string): Promise<void>
  close(): Promise<void>
}

/** A refused question is not a fault of the page. */
const isAnswer = (text: string): boolean => /the server responded with a status of 4\d\d/.test(text)

export async function openBrowser(executablePath: string, api: ApiHandlers = estateApi): Promise<Stage> {
  const server = await startServer({ api, host: '127.0.0.1', token: 'the-token' })
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(server.url)
  const origin = new URL(server.url).origin
  return {
    server,
    browser,
    context,
    page,
    complaints,
    visit: async (address) => {
      await page.goto(origin + address)
      await settled(page)
    },
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

/** Nothing is being loaded any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1') &&
      !document.querySelector('main [class*="skeleton"], main [aria-busy="true"]'),
  )
}
