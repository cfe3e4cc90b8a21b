/**
 * What these tests use of `playwright-core`, by hand: its own types want those of a browser, and the broker's code is
 * checked without them (`test/browser/` has them and cannot load the broker).
 */
export interface Locator {
  click(): Promise<void>
  fill(text: string): Promise<void>
  innerText(): Promise<string>
  waitFor(): Promise<void>
  getAttribute(name: string): Promise<string | null>
}
export interface Answer {
  status(): number
  text(): Promise<string>
}
export interface CdpSession {
  send(method: string, parameters?: object): Promise<Record<string, unknown>>
}
export interface Page {
  context(): BrowserContext
  goto(url: string): Promise<Answer | null>
  url(): string
  locator(selector: string): Locator
  getByRole(role: string, options: { readonly name: string | RegExp }): Locator
  getByLabel(text: string): Locator
  textContent(selector: string): Promise<string | null>
  evaluate(script: string): Promise<unknown>
  on(
    event: 'console',
    heard: (message: { type(): string; text(): string; location(): { readonly url: string } }) => void,
  ): void
  on(event: 'pageerror', heard: (error: Error) => void): void
  screenshot(options: { readonly path: string; readonly fullPage: boolean }): Promise<unknown>
  emulateMedia(options: { readonly colorScheme: 'light' | 'dark' }): Promise<void>
}
export interface BrowserContext {
  newPage(): Promise<Page>
  cookies(): Promise<readonly { readonly name: string; readonly value: string }[]>
  newCDPSession(page: Page): Promise<CdpSession>
}
export interface Browser {
  newContext(options: object): Promise<BrowserContext>
  close(): Promise<void>
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
]

export async function launch(executablePath: string): Promise<Browser> {
  const library = 'playwright-core'
  const { chromium } = (await import(library)) as {
    readonly chromium: { launch(options: object): Promise<Browser> }
  }
  return chromium.launch({ executablePath, args: FLAGS })
}
