import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startPeople, openPeopleStore, type People } from '../../broker/index.ts'
import type { Device } from '../../broker/devices/device.ts'
import { canonicalRequest } from '../../broker/people/canonical-request.ts'
import { USUAL_FRESHNESS } from '../../broker/people/evidence.ts'
import type { PresenceRecord } from '../../broker/people/presence-record.ts'
import { VerifiedEvidence } from '../../broker/requests/evidence-source.ts'
import type { Matter } from '../../broker/requests/request.ts'
import { obtain, refusalOf, softwareKey, world, type World } from './world.ts'

const MATTER: Matter = { decision: 'elevate 1', request: { request: '1', durationSeconds: 60 } }

describe('evidence of devices and people, as policies read it', () => {
  let w: World
  let people: People
  let device: Device
  let source: VerifiedEvidence
  let records = 0

  beforeAll(async () => {
    w = await world()
    const store = openPeopleStore(join(w.folder, 'broker.db'))
    const now = () => w.clock.now
    const desk = { rpId: 'localhost', origin: 'http://localhost:8440' }
    const made = await startPeople({ store, devices: w.store, now, desk })
    people = made.people
    const enrolled = await obtain(w, softwareKey(), { token: w.leave({ person: 'ana' }) })
    device = w.store.device(enrolled.device)!
    source = new VerifiedEvidence(w.store, people, now)
    store.addPerson({ name: 'ana', kind: 'member', subject: undefined, addedAt: 0 }, 'op')
    for (const place of ['desk', 'phone'] as const) {
      const passkey = {
        id: place,
        person: 'ana',
        place,
        rpId: 'localhost',
        cose: Buffer.of(1),
        spki: Buffer.of(1),
      }
      const more = {
        algorithm: -7,
        counter: 0,
        custody: 'device-bound',
        backedUp: false,
        aaguid: '',
      } as const
      store.addPasskey({ ...passkey, ...more, addedAt: 0, revokedAt: undefined, revokedBecause: undefined })
    }
    return () => store.close()
  })

  /** A record as `presence.ts` leaves it, once it has verified the answer. */
  function shows(matter: Matter, more: { place?: 'desk' | 'phone'; flags?: number; on?: string } = {}): void {
    const { place = 'desk', flags = 0x05, on = device.id } = more
    const data = Buffer.alloc(37)
    data.writeUInt8(flags, 32)
    const at = w.clock.now
    const record: PresenceRecord = {
      ...{
        version: 1,
        id: `r${records++}`,
        person: 'ana',
        decision: matter.decision,
        nonce: String(records),
      },
      ...{ request: canonicalRequest(matter.request), place, asked: 'touch' },
      device: { id: on, level: 'software' },
      passkey: { id: place, spki: '', algorithm: -7, custody: 'device-bound', counter: 0 },
      ...{ rpId: 'localhost', origin: '', authenticatorData: data.toString('base64url'), clientData: '' },
      ...{ signature: '', proximity: undefined, askedAt: at, expiresAt: at + 1, shownAt: at },
    }
    expect(people.store.addPresence(record)).toBe(true)
  }
  const seen = (matter = MATTER, fresh = USUAL_FRESHNESS) => source.shown(device, matter, fresh).evidence

  it('is the level of the device and nothing else until something is shown', () => {
    expect(seen()).toMatchObject({ device: 'software', presence: 'none', phone: false, proximity: false })
    const without = new VerifiedEvidence(w.store, undefined, () => w.clock.now)
    expect(without.shown(device, MATTER, USUAL_FRESHNESS)).toMatchObject({ record: undefined })
    expect(without.prompt(device, MATTER, 'desk', 'verified')).toBeUndefined()
    expect(source.prompt(device, MATTER, 'phone', 'verified')).toBeUndefined()
    const prompt = source.prompt(device, MATTER, 'desk', 'verified')
    const id = prompt?.open.replace('http://localhost:8440/people/presence/', '') ?? ''
    expect(people.presence.look(id)).toMatchObject({ ...MATTER, request: canonicalRequest(MATTER.request) })
  })

  it('holds a presence for exactly this matter, on this device, while it is fresh and its passkey good', () => {
    shows(MATTER, { flags: 0x01 })
    expect(seen().presence).toBe('touch')
    w.clock.now += 1000
    shows(MATTER)
    expect(seen().presence).toBe('verified')
    expect(seen({ ...MATTER, decision: 'approve 1' }).presence).toBe('none')
    expect(seen({ ...MATTER, request: { ...MATTER.request, durationSeconds: 61 } }).presence).toBe('none')
    const other = { ...MATTER, decision: 'elevate 2' }
    shows(other, { on: 'another device' })
    expect(seen(other).presence).toBe('none')
    shows(MATTER, { place: 'phone', flags: 0x01 })
    expect(seen().phone).toBe(false)
    w.clock.now += 1000
    shows(MATTER, { place: 'phone' })
    expect(seen().phone).toBe(true)
    w.clock.now += 301_000
    expect(seen()).toMatchObject({ presence: 'none', phone: false })
    expect(seen(MATTER, { desk: 900_000, phone: 900_000 })).toMatchObject({
      presence: 'verified',
      phone: true,
    })
    people.store.revokePasskey('desk', 'lost', { by: 'op', at: w.clock.now })
    expect(seen(MATTER, { desk: 900_000, phone: 900_000 })).toMatchObject({ presence: 'none', phone: true })
  })

  it('refuses a device that was locked', async () => {
    expect(source.device(device.id).person).toBe('ana')
    w.store.addLock({
      ...{ id: 'l', target: { kind: 'person', id: 'ana' }, reason: 'gone', by: 'op', at: w.clock.now },
      ...{ until: undefined, liftedAt: undefined, liftedBy: undefined },
    })
    expect(await refusalOf(() => source.device(device.id))).toBe('locked')
  })
})
