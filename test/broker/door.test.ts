import { createPublicKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:https'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { lock } from '../../broker/devices/locks.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { serialOf } from '../../broker/devices/authority.ts'
import { enrolled, Link, running, tlsTo, until, type Running, type TestDevice } from './running.ts'
import { HOUR, obtain, softwareKey } from './world.ts'

let w: Running
let device: TestDevice
beforeAll(async () => {
  w = await running()
  device = await enrolled(w)
})

const lastRefusal = () => w.events.findLast(({ kind }) => kind === 'refused')
const about = { reason: 'stolen from a train', by: 'op@example.com' }

describe('the door', () => {
  it('knows who is there, over HTTP/2 and HTTP/1.1, and resumes no session', async () => {
    const link = new Link(w, device)
    let session: Buffer | undefined
    link.socket.on('session', (given) => (session = given))
    const { status, body } = await link.ask('GET', '/v1/whoami')
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { device: device.answer.device, person: 'ana@example.com', level: 'software' },
    })
    expect(link.socket.getProtocol()).toBe('TLSv1.3')
    await link.close()
    // OpenSSL sends a ticket also when it will not honour it.
    const again = new Link(w, device, { session })
    expect((await again.ask('GET', '/v1/whoami')).status).toBe(200)
    expect(again.reused).toBe(false)
    await again.close()
    const old = request({
      host: '127.0.0.1',
      port: w.broker.ports.door,
      path: '/v1/whoami',
      servername: 'localhost',
      ca: w.authority.certificate.toString(),
      key: device.key.pem,
      cert: device.answer.certificate,
      agent: false,
    }).end()
    const [answer] = (await once(old, 'response')) as [{ statusCode: number; resume(): void }]
    expect(answer.statusCode).toBe(200)
    answer.resume()
    old.destroy()
  })

  it('lets nobody in without a certificate, with one of another authority, or with TLS 1.2', async () => {
    const other = await running()
    const stranger = await enrolled(other)
    for (const link of [
      new Link(w, undefined),
      new Link(w, stranger),
      new Link(w, device, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
    ]) {
      await expect(link.ask('GET', '/v1/whoami')).rejects.toThrow()
      await link.close()
    }
    await until(() => w.broker.door.live.size === 0)
  })

  it('refuses the broker’s own certificate: it is not for clients', async () => {
    const identity = await w.authority.issueServer(['localhost'], w.clock.now)
    const link = new Link(w, undefined, { key: identity.key, cert: identity.certificate })
    await expect(link.ask('GET', '/v1/whoami')).rejects.toThrow()
    await until(() => w.broker.door.live.size === 0)
  })

  it('refuses a certificate that the authority signed but never put on record', async () => {
    const key = softwareKey()
    const times = { now: w.clock.now, life: HOUR, latest: w.clock.now + HOUR }
    const spki = createPublicKey({ key: key.spki, format: 'der', type: 'spki' })
    const certificate = await w.authority.issueDevice(device.answer.device, spki, times)
    const link = new Link(w, { key, answer: { ...device.answer, certificate: certificate.toString() } })
    await expect(link.ask('GET', '/v1/whoami')).rejects.toThrow()
    expect(lastRefusal()).toMatchObject({ reason: 'certificate-invalid' })
  })

  it('closes a connection when its certificate ends', async () => {
    const brief = await running({ certificateLife: 1_500 })
    const guest = await enrolled(brief)
    const link = new Link(brief, guest)
    expect((await link.ask('GET', '/v1/whoami')).status).toBe(200)
    await link.closed
    await until(() => brief.broker.door.live.size === 0)
  })

  it('limits connections of an address and requests of a device', async () => {
    const strict = await running({
      connections: { burst: 2, perSecond: 0 },
      requests: { burst: 3, perSecond: 0 },
    })
    const guest = await enrolled(strict)
    const link = new Link(strict, guest)
    const asked = []
    for (let i = 0; i < 4; i++) asked.push((await link.ask('GET', '/v1/whoami')).status)
    expect(asked).toEqual([200, 200, 200, 429])
    const second = new Link(strict, guest)
    expect((await second.ask('GET', '/v1/whoami')).status).toBe(429)
    await expect(new Link(strict, guest).ask('GET', '/v1/whoami')).rejects.toThrow()
  })
})

/** A door that gives tickets, as ours does not: to show what holds even so. */
async function openTickets(own: Running): Promise<void> {
  const { certificate: cert, key } = await own.authority.issueServer(['localhost'], own.clock.now)
  const ca = own.authority.certificate.toString()
  own.broker.door.server.setSecureContext({ cert, key, ca, minVersion: 'TLSv1.3' })
}

describe('a resumed session', () => {
  it('is refused when the certificate was revoked, has ended, or the device is locked', async () => {
    const own = await running()
    const guest = await enrolled(own)
    await openTickets(own)
    const socket = tlsTo(own, guest)
    const [session] = (await once(socket, 'session')) as [Buffer]
    socket.destroy()
    const again = new Link(own, guest, { session })
    expect((await again.ask('GET', '/v1/whoami')).status).toBe(200)
    expect(again.reused).toBe(true)
    await again.close()
    const refusedAs = async (reason: string) => {
      const link = new Link(own, guest, { session })
      await expect(link.ask('GET', '/v1/whoami')).rejects.toThrow()
      await link.closed
      expect(link.reused).toBe(true)
      expect(own.events.findLast(({ kind }) => kind === 'refused')).toMatchObject({ reason })
    }

    const made = lock(own.store, { kind: 'device', id: guest.answer.device }, about, own.clock.now)
    await refusedAs('locked')
    own.store.liftLock(made.id, { by: 'op', at: own.clock.now })
    own.clock.now += 25 * HOUR
    await refusedAs('certificate-expired')
    own.clock.now -= 25 * HOUR
    own.store.revokeCertificate(serialOf(new X509Certificate(guest.answer.certificate)), {
      by: 'op',
      at: own.clock.now,
    })
    await refusedAs('certificate-revoked')
  })
})

describe('a lock', () => {
  it('by another process closes the live connections of the device, and of no other, and keeps it out', async () => {
    const [victim, bystander] = [
      await enrolled(w, { name: 'victim' }),
      await enrolled(w, { name: 'bystander' }),
    ]
    const links = [new Link(w, victim), new Link(w, victim), new Link(w, bystander)]
    await Promise.all(links.map((link) => link.ask('GET', '/v1/whoami')))
    expect(w.broker.door.live.ofDevice(victim.answer.device)).toBe(2)
    // Another handle on the same file is what another process has.
    const elsewhere = openDeviceStore(join(w.folder, 'broker.db'))
    const made = lock(elsewhere, { kind: 'device', id: victim.answer.device }, about, w.clock.now)
    await Promise.all([links[0]!.closed, links[1]!.closed])
    expect((await links[2]!.ask('GET', '/v1/whoami')).status).toBe(200)
    await expect(new Link(w, victim).ask('GET', '/v1/whoami')).rejects.toThrow()
    expect(lastRefusal()).toMatchObject({
      reason: 'locked',
      detail: expect.stringContaining('stolen from a train'),
    })
    elsewhere.liftLock(made.id, { by: 'op', at: w.clock.now })
    elsewhere.close()
    const back = new Link(w, victim)
    expect((await back.ask('GET', '/v1/whoami')).status).toBe(200)
    await Promise.all([back.close(), links[2]!.close()])
  })

  it('of a person closes all their devices', async () => {
    const person = 'ben@example.com'
    const [one, two] = [
      await enrolled(w, { person, name: 'one' }),
      await enrolled(w, { person, name: 'two' }),
    ]
    const links = [new Link(w, one), new Link(w, two)]
    await Promise.all(links.map((link) => link.ask('GET', '/v1/whoami')))
    expect(w.broker.door.live.ofPerson(person)).toBe(2)
    const made = lock(w.store, { kind: 'person', id: person }, about, w.clock.now)
    expect(w.broker.door.enforce()).toBe(2)
    await Promise.all(links.map((link) => link.closed))
    w.store.liftLock(made.id, { by: 'op', at: w.clock.now })
  })

  it('is not all that is asked at a request: a certificate that has ended meanwhile is refused on a live connection', async () => {
    const own = await running()
    const link = new Link(own, await enrolled(own))
    expect((await link.ask('GET', '/v1/whoami')).status).toBe(200)
    own.clock.now += 25 * HOUR
    expect(await link.ask('GET', '/v1/whoami')).toMatchObject({
      status: 403,
      body: { reason: 'certificate-expired' },
    })
    await link.close()
  })

  it('is not undone by a renewal', async () => {
    const guest = await enrolled(w, { person: 'cara@example.com' })
    const { device: id } = guest.answer
    lock(w.store, { kind: 'device', id }, about, w.clock.now)
    await expect(obtain(w, guest.key, { device: id })).rejects.toMatchObject({ reason: 'locked' })
    await expect(new Link(w, guest).ask('GET', '/v1/whoami')).rejects.toThrow()
  })

  it('holds after a restart of the broker', async () => {
    const own = await running()
    const guest = await enrolled(own)
    const first = new Link(own, guest)
    expect((await first.ask('GET', '/v1/whoami')).status).toBe(200)
    await own.restart()
    await first.closed
    const second = new Link(own, guest)
    expect((await second.ask('GET', '/v1/whoami')).status).toBe(200)
    lock(own.store, { kind: 'device', id: guest.answer.device }, about, own.clock.now)
    await own.restart()
    await expect(new Link(own, guest).ask('GET', '/v1/whoami')).rejects.toThrow()
  })

  it('cannot be told from an unreadable ledger: everything is closed and nothing let in', async () => {
    const own = await running()
    const guest = await enrolled(own)
    const link = new Link(own, guest)
    expect((await link.ask('GET', '/v1/whoami')).status).toBe(200)
    own.store.close()
    await link.closed
    await expect(new Link(own, guest).ask('GET', '/v1/whoami')).rejects.toThrow()
    await until(() => own.broker.door.live.size === 0)
  })
})
