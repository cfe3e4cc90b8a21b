import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AgentHome } from '../../broker/client/agent-home.ts'
import { Agent } from '../../broker/client/agent.ts'
import { askAgent } from '../../broker/client/ask-agent.ts'
import { enrolDevice, type EnrolOptions } from '../../broker/client/enrol.ts'
import {
  openPeopleStore,
  openWebPort,
  startPeople,
  type DeviceRoutes,
  type People,
  type PeopleStore,
} from '../../broker/index.ts'
import type { Device } from '../../broker/devices/device.ts'
import { tokenText } from '../../broker/protocol/enrolment-token.ts'
import { launch, type Browser, type BrowserContext, type CdpSession, type Page } from './driven-browser.ts'
import { running, until, type Running } from './running.ts'
import { CLIENT, identityProvider, STRONG, type IdentityProvider } from '../fakes/identity-provider.ts'

export interface Machine {
  readonly home: AgentHome
  readonly agent: Agent
  readonly device: Device
  /** Where its browsers find the pages. */
  readonly origin: string
}

interface MachineOptions {
  readonly person?: string
  readonly name?: string
  readonly port?: number
  /** Where its keys are; in a file unless told. */
  readonly place?: EnrolOptions['place']
}

export interface PeopleStageOptions {
  /** Where the laptop's keys are. */
  readonly place?: EnrolOptions['place']
  /** Done before the laptop enrols; routes beside those of people come of it. */
  readonly prepare?: (made: { w: Running; people: People }) => Promise<DeviceRoutes>
}

/** A broker with people, an identity provider, a machine with its agent, and a browser. */
export interface PeopleStage {
  readonly w: Running
  readonly people: People
  readonly store: PeopleStore
  readonly provider: IdentityProvider
  readonly laptop: Machine
  readonly browser: Browser
  readonly phoneOrigin: string
  /** What a reader of the console would worry about. */
  readonly complaints: string[]
  machine(options: MachineOptions): Promise<Machine>
  person(options?: { phone?: boolean }): Promise<{ context: BrowserContext; page: Page }>
  signIn(page: Page, machine?: Machine): Promise<void>
  close(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  await new Promise<void>((done) => server.close(() => done()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

export async function peopleStage(
  executablePath: string,
  { place: keysOfLaptop, prepare }: PeopleStageOptions = {},
): Promise<PeopleStage> {
  const [deskPort, webPort, providerPort] = [await freePort(), await freePort(), await freePort()]
  const desk = { rpId: 'localhost', origin: `http://localhost:${deskPort}` }
  const phone = { rpId: 'localhost', origin: `http://localhost:${webPort}` }
  const provider = await identityProvider({
    port: providerPort,
    redirect: `${desk.origin}/people/callback`,
    backchannelLogout: `${phone.origin}/backchannel-logout`,
  })
  const routes: DeviceRoutes[] = []
  const w = await running({
    routes: [
      async (request, peer) => (await routes[0]?.(request, peer)) ?? (await routes[1]?.(request, peer)),
    ],
  })
  const store = openPeopleStore(join(w.folder, 'broker.db'))
  const made = await startPeople({
    store,
    devices: w.store,
    now: () => w.clock.now,
    desk,
    phone,
    provider: {
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      acr: [STRONG],
      insecure: true,
    },
  })
  routes.push(made.routes)
  const { people } = made
  if (prepare !== undefined) routes.push(await prepare({ w, people }))
  const web = await openWebPort({ people, host: 'localhost', port: webPort })
  const browser = await launch(executablePath)
  const complaints: string[] = []
  const stops: (() => Promise<void>)[] = []

  const machine: PeopleStage['machine'] = async ({ person, name = 'laptop', port = 0, place }) => {
    const folder = mkdtempSync(join(tmpdir(), 'gomeisa-people-'))
    const home = new AgentHome(join(folder, 'agent'))
    const secret = w.leave({ name, atLeast: 'software', ...(person !== undefined && { person }) })
    const token = tokenText({ secret, authority: w.authority.fingerprint })
    const address = `https://localhost:${w.broker.ports.enrolment}`
    const now = () => w.clock.now
    const keys = place ?? { kind: 'software' }
    const enrolled = await enrolDevice({ home, broker: address, token, place: keys, now })
    const agent = new Agent({ home, now, browserPort: port })
    stops.push(async () => {
      await agent.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    await agent.start()
    await until(() => agent.status().link.kind === 'up', 15_000)
    const device = w.store.device(enrolled.device)
    if (device === undefined) throw new Error('the device was not enrolled')
    return { home, agent, device, origin: `http://localhost:${agent.browserPort ?? 0}` }
  }
  const laptop = await machine({ port: deskPort, ...(keysOfLaptop && { place: keysOfLaptop }) })

  return {
    ...{ w, people, store, provider, laptop, browser, complaints, machine, phoneOrigin: phone.origin },
    person: async ({ phone: onPhone = false } = {}) => {
      const context = await browser.newContext({
        viewport: onPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('console', (message) => {
        const text = `${message.text()} ${message.location().url}`
        // An open page asks once more when a machine of the test has gone; what has to be there is waited for.
        const isExpected = /status of 4\d\d|favicon|ERR_CONNECTION_REFUSED/.test(text)
        if (message.type() === 'error' && !isExpected) complaints.push(text)
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      return { context, page }
    },
    signIn: async (page, at = laptop) => {
      await page.goto(`${at.origin}/people/`)
      await page.getByRole('link', { name: 'Sign in' }).click()
      await confirmLogin(page, at)
    },
    close: async () => {
      await browser.close()
      for (const stop of stops) await stop()
      await web.close()
      await provider.close()
      store.close()
    },
  }
}

/** The code that the page shows, given to the agent; the browser then goes where the agent says. */
export async function confirmLogin(page: Page, at: Machine): Promise<void> {
  const code = await page.locator('.code').innerText()
  const { status, body } = await askAgent(at.home, 'POST', '/v1/people/confirm', { code })
  if (status !== 200) throw new Error(`the agent was refused: ${JSON.stringify(body)}`)
  await page.goto((body as { open: string }).open)
}

export interface Authenticator {
  readonly id: string
  readonly session: CdpSession
}

/** A virtual authenticator of the browser's own (WebDriver, chapter 11 of WebAuthn). */
export async function authenticator(page: Page, more: object = {}): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
    ...more,
  }
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options })
  return { id: String(authenticatorId), session }
}

// What runs in the page is text: the types of the tests know no browser.

/** Runs the page's ceremony as a page of an attacker would: with changed options, and without sending what comes of it. */
export async function signedBy(page: Page, change: Record<string, unknown> = {}): Promise<object> {
  const signed = await page.evaluate(`(async () => {
    const { ceremony, options } = document.querySelector('button[data-ceremony]').dataset
    const read = { ...JSON.parse(options), ...${JSON.stringify(change)} }
    const made = ceremony === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(read) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(read) })
    return made.toJSON()
  })()`)
  return signed as object
}

/** Sends a body from the page, with its cookies and origin. */
export async function sent(
  page: Page,
  path: string,
  body: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await page.evaluate(`(async () => {
    const headers = { 'Content-Type': 'application/json' }
    const body = ${JSON.stringify(JSON.stringify(body))}
    const answer = await fetch(${JSON.stringify(path)}, { method: 'POST', headers, body })
    return { status: answer.status, body: await answer.json() }
  })()`)
  return answer as { status: number; body: Record<string, unknown> }
}
