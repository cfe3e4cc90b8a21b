import { generateKeyPairSync } from 'node:crypto'
import type { Json } from '../../graph/index.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import type { Device } from '../../broker/devices/device.ts'
import { USUAL_FRESHNESS, type Freshness } from '../../broker/people/evidence.ts'
import { Refusal } from '../../broker/refusal.ts'
import type { EvidenceSource } from '../../broker/requests/evidence-source.ts'
import { readOffer } from '../../broker/requests/offer.ts'
import { openRequests } from '../../broker/requests/open.ts'
import type { Matter } from '../../broker/requests/request.ts'
import type { Wish } from '../../broker/requests/requests.ts'
import { canonicalRequest } from '../../broker/people/canonical-request.ts'
import { NO_EVIDENCE, openPolicies, shippedPolicies, type Presence } from '../../policies/index.ts'
import { VirtualClock } from '../fakes/grants/clock.ts'
import { FakeCloud } from '../fakes/grants/cloud.ts'
import { ledgerFile, signer } from './grants-world.ts'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = publicKey.export({ type: 'spki', format: 'der' })

export function deviceOf(person: string, level: Device['level'] = 'tpm'): Device {
  return {
    id: `device of ${person}`,
    person,
    name: 'laptop',
    level,
    atLeast: 'software',
    key,
    evidence: undefined,
    enrolledAt: 0,
    enrolledUntil: Infinity,
    revokedAt: undefined,
    revokedBecause: undefined,
  }
}

/** What is shown is what a test says; how old it is, is the clock's. */
export class SaidEvidence implements EvidenceSource {
  readonly devices = new Map<string, Device>()
  readonly locked = new Set<string>()
  readonly prompts: string[] = []
  readonly #shown = new Map<string, { at: number; presence: Presence; phone: boolean }>()
  readonly #clock: VirtualClock

  constructor(clock: VirtualClock) {
    this.#clock = clock
  }

  show(device: Device, matter: Matter, presence: Presence = 'verified', phone = false): void {
    this.#shown.set(this.#key(device, matter), { at: this.#clock.now(), presence, phone })
  }

  device(id: string): Device {
    const device = this.devices.get(id)
    if (device === undefined || this.locked.has(id)) throw new Refusal('locked', 'it is locked')
    return device
  }

  shown(device: Device, matter: Matter, fresh: Freshness = USUAL_FRESHNESS) {
    const found = this.#shown.get(this.#key(device, matter))
    const evidence = { ...NO_EVIDENCE, device: device.level }
    if (found === undefined || this.#clock.now() - found.at > fresh.desk)
      return { evidence, record: undefined }
    const { presence, phone } = found
    return { evidence: { ...evidence, presence, phone }, record: 'a record' }
  }

  prompt(_: Device, matter: Matter) {
    this.prompts.push(matter.decision)
    return { open: `http://localhost/${matter.decision}`, expiresAt: this.#clock.now() }
  }

  #key(device: Device, { decision, request }: Matter): string {
    return `${device.id} ${decision} ${canonicalRequest(request)}`
  }
}

const entitlement = (id: string, more: object) => ({
  ...{ id, cloud: 'aws', role: 'r', scope: '1', eligible: ['devs'], owners: ['owners'] },
  ...more,
})
const harmless = { environment: 'other', reachesAdministrator: 'no', opensCrownJewelPath: 'no' }
const many = Array.from({ length: 50 }, (_, i) => `owner${i}`)

/** Ana is a developer with a second account and a delegate; bo and fifty others own things; sue is security. */
export const OFFER: Json = {
  people: [
    { id: 'ana', groups: ['devs'], onCall: true },
    { id: 'ana-admin', groups: ['devs', 'owners'] },
    { id: 'dan', groups: ['owners'] },
    { id: 'bo', groups: ['owners', 'devs'] },
    { id: 'sue', groups: ['security'] },
    { id: 'eve', groups: [] },
    ...many.map((id) => ({ id, groups: ['owners'] })),
  ],
  entitlements: [
    entitlement('easy', harmless),
    entitlement('prod', { ...harmless, environment: 'production' }),
    entitlement('path', { ...harmless, opensCrownJewelPath: 'yes' }),
    entitlement('admin', { reachesAdministrator: 'yes', environment: 'production' }),
    entitlement('orphan', harmless),
  ],
  linked: [
    ['ana', 'ana-admin'],
    ['ana', 'dan'],
    ['owner0', 'owner1'],
  ],
}

export interface RequestsWorldOptions {
  readonly policies?: string
  readonly mostExtensions?: number
}

/** Requests over a file, the shipped policies (or others), said evidence and a fake cloud. */
export function requestsWorld({ policies, mostExtensions }: RequestsWorldOptions = {}) {
  const clock = new VirtualClock()
  const cloud = new FakeCloud(clock)
  const source = new SaidEvidence(clock)
  const ledger = openGrantLedger(ledgerFile(), signer)
  const files = policies === undefined ? shippedPolicies() : [{ path: 'test.cedar', text: policies }]
  let ids = 0
  const { requests, grants, use } = openRequests({
    ...{ ledger, clock, source },
    offer: readOffer(OFFER, 'offer.json'),
    connectors: { all: [cloud], for: ({ id }) => (id === 'orphan' ? undefined : cloud) },
    decider: openPolicies(files),
    random: () => 0.5,
    newId: () => `id${ids++}`,
    ...(mostExtensions !== undefined && { mostExtensions }),
  })
  const device = (person: string, level?: Device['level']): Device => {
    const made = source.devices.get(`device of ${person}`) ?? deviceOf(person, level)
    source.devices.set(made.id, made)
    return made
  }
  const wish = (id: string, more: Partial<Wish> = {}): Wish => ({
    ...{ entitlement: id, durationSeconds: 3600, reason: 'incident 7', ticket: undefined },
    ...{ startsAt: undefined, breakGlass: false },
    ...more,
  })
  const all = () =>
    ledger.transact(async (tx) => ({ open: await tx.openRequests(), grants: await tx.grants() }))
  const events = async () => (await ledger.auditRecords(1, 10_000)).map(({ event }) => event)
  return { clock, cloud, source, ledger, requests, grants, use, device, wish, all, events }
}
export type RequestsWorld = ReturnType<typeof requestsWorld>
