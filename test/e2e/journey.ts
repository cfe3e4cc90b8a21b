import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openRequestRoom, type RequestRoom } from '../../app/broker/request-rooms.ts'
import { Agent } from '../../broker/client/agent.ts'
import type { ConnectorRegistry } from '../../broker/requests/connector-registry.ts'
import type { Json } from '../../graph/index.ts'
import { chromiumPath } from '../browser/chromium.ts'
import type { Page } from '../broker/driven-browser.ts'
import { authenticator, peopleStage, type Machine } from '../broker/people-stage.ts'
import { until } from '../broker/running.ts'
import { hasSoftwareTpm, Manufacturer, tpmProvider } from '../broker/software-tpm.ts'
import { LAUNCHER, type Ran } from './command.ts'

const [ANA, BO] = ['ana@example.com', 'bo@example.com']
const POLICIES = `
@id("two") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 3 && context.evidence.presence >= 2 &&
  context.evidence.approvals >= 1 };
@id("owner") permit (principal, action == Gomeisa::Action::"approve", resource)
when { principal in resource.owners && context.evidence.device >= 1 && context.evidence.presence >= 2 };
@id("self") forbid (principal, action == Gomeisa::Action::"approve", resource)
when { principal == context.requester };`

const browserPath = chromiumPath()
/** What of the machine is missing for a journey: the line of a suite that is skipped. */
export const LACKING_FOR_A_JOURNEY = [
  browserPath === undefined ? 'skipped: no Chromium (set CHROMIUM)' : undefined,
  hasSoftwareTpm() && tpmProvider() !== undefined ? undefined : 'skipped: no software TPM',
].find((each) => each !== undefined)

/** Ana, a developer, may ask for one entitlement, which Bo's group owns. */
export const catalogueOf = (entitlement: Readonly<Record<string, string>>) => ({
  json: {
    people: [
      { id: ANA, groups: ['devs'] },
      { id: BO, groups: ['owners'] },
    ],
    entitlements: [{ ...entitlement, eligible: ['devs'], owners: ['owners'], environment: 'production' }],
  } as Json,
  file: 'catalogue.json',
})

export interface JourneyOptions {
  readonly folder: string
  readonly catalogue: ReturnType<typeof catalogueOf>
  readonly connectors: ConnectorRegistry
  /** Runs a command as the person does. */
  readonly run: (file: string, args: readonly string[]) => Promise<Ran>
}
type Result = Record<string, unknown>

/**
 * The way of a person to access, nothing made up but the cloud: a device with a TPM, login at a provider, passkeys in a browser, a
 * request, the approval of another person, all by the command line.
 */
export async function journey({ folder, catalogue, connectors, run }: JourneyOptions) {
  const data = join(folder, 'data')
  const maker = new Manufacturer('Whole')
  const tpm = await maker.make().start()
  let room: RequestRoom | undefined
  const s = await peopleStage(browserPath ?? '', {
    place: { kind: 'tpm', address: tpm.address },
    prepare: async ({ w, people }) => {
      w.store.addTrust('root', maker.root, { by: 'op', at: 0 })
      w.store.addTrust('intermediate', maker.intermediate, { by: 'op', at: 0 })
      const policies = [{ path: 'test.cedar', text: POLICIES }]
      const all = { folder: w.folder, devices: w.store, people, connectors, catalogue, policies }
      room = openRequestRoom(all)
      return Promise.resolve(room.routes)
    },
  })
  let { agent } = s.laptop
  // The operator's `--data` is the folder above the broker's.
  mkdirSync(data)
  symlinkSync(s.w.folder, join(data, 'broker'))

  const gomeisa = (...args: string[]) => run(process.execPath, [LAUNCHER, '--quiet', ...args])
  const operator = (...args: string[]) => gomeisa('--json', '--data', data, ...args)
  const as = (who: Machine, ...args: string[]) => gomeisa('--json', ...args, '--home', who.home.folder)
  const resultOf = ({ stdout, stderr }: Ran): Result => {
    expect(stderr).toBe('')
    return (JSON.parse(stdout) as { result: Result }).result
  }

  /** Signs in by the provider and makes the person's passkey. */
  async function signedIn(who: Machine): Promise<Page> {
    const { page } = await s.person()
    await authenticator(page)
    await s.signIn(page, who)
    await page.getByRole('button', { name: 'Make the first passkey' }).click()
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await page.getByRole('heading', { name: 'Signed in as' }).waitFor()
    return page
  }
  async function agrees(page: Page, result: Result, entitlement: string): Promise<void> {
    await page.goto((result['prompt'] as { open: string }).open)
    expect(await page.locator('pre').innerText()).toContain(entitlement)
    await page.getByRole('button', { name: 'Agree' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
  }
  const linked = (patience: number) => until(() => agent.status().link.kind === 'up', patience)

  return {
    ...{ s, gomeisa, operator, as, resultOf, linked, ana: ANA },
    /** Asked by Ana, approved by Bo, active: the id of the grant. */
    async granted(entitlement: string): Promise<string> {
      expect(s.laptop.device).toMatchObject({ level: 'tpm', person: ANA })
      const asking = await signedIn(s.laptop)
      const why = ['--for', '1h', '--reason', 'incident 7']
      const asked = resultOf(await as(s.laptop, 'request', entitlement, ...why))
      const { id } = asked['request'] as { id: string }
      expect(asked['request']).toMatchObject({ state: 'awaiting' })
      await agrees(asking, asked, entitlement)

      // Browsers reach one port, the same on every machine: here, the machines take turns.
      const port = Number(new URL(s.laptop.origin).port)
      await agent.stop()
      Object.assign(s.provider.next, { sub: 'bo', email: BO })
      const desktop = await s.machine({ person: BO, name: 'desktop', port })
      const approving = await signedIn(desktop)
      const first = await as(desktop, 'approve', id)
      expect(first.status).toBe(1)
      await agrees(approving, resultOf(first), entitlement)
      expect(resultOf(await as(desktop, 'approve', id))).toMatchObject({ approved: true })
      await desktop.agent.stop()
      agent = new Agent({ home: s.laptop.home, now: Date.now, browserPort: port })
      await agent.start()
      await linked(15_000)

      const resumed = resultOf(await as(s.laptop, 'request', '--resume', id))
      const { grant } = resumed['request'] as { grant: string }
      const state = async () =>
        (resultOf(await as(s.laptop, 'grants'))['grants'] as { state: string }[])[0]?.state
      for (let i = 0; i < 20 && (await state()) !== 'active'; i++) continue
      expect(await state()).toBe('active')
      return grant
    },
    async close(): Promise<void> {
      await agent.stop()
      await s.close()
      await room?.close()
      await tpm.remove()
      maker.remove()
    },
  }
}
export type Journey = Awaited<ReturnType<typeof journey>>
