import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { chainNotes } from '../../broker/audit/notes.ts'
import { recordLine } from '../../broker/audit/record.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import type { Device, Lock } from '../../broker/devices/device.ts'
import type { GrantLedger } from '../../broker/grants/grant-ledger.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { openPeopleStore } from '../../broker/ledger/embedded-people-store.ts'
import type { Passkey } from '../../broker/people/person.ts'
import { ledgerFile, signer } from './grants-world.ts'

const OP = { by: 'op', at: 7 }
const device = (id: string): Device => ({
  ...{ id, person: 'ana', name: 'laptop', key: Buffer.from(id), evidence: undefined },
  ...{ enrolledAt: 5, enrolledUntil: 99, revokedAt: undefined, revokedBecause: undefined },
  level: 'software',
  atLeast: 'software',
})
const certificate = (of: string) => ({
  ...{ serial: `s-${of}`, device: of, thumbprint: 't', notAfter: 9, revokedAt: undefined },
})
const lock: Lock = {
  target: { kind: 'person', id: 'ana' },
  ...{
    id: 'l',
    reason: 'stolen',
    by: 'op',
    at: 6,
    until: undefined,
    liftedAt: undefined,
    liftedBy: undefined,
  },
}
const passkey: Passkey = {
  place: 'desk',
  custody: 'synced',
  ...{ id: 'key', person: 'ana', rpId: 'localhost', cose: Buffer.from([1]), spki: Buffer.from([2]) },
  ...{ algorithm: -7, counter: 3, backedUp: false, aaguid: 'a', addedAt: 2 },
  ...{ revokedAt: undefined, revokedBecause: undefined },
}
const leave = { tokenHash: 'h', person: 'ana', deviceName: 'laptop', atLeast: 'tpm', expiresAt: 9 } as const
const ana = { name: 'ana', kind: 'member', subject: undefined, addedAt: 4 } as const

function stores() {
  const file = ledgerFile()
  return { file, devices: openDeviceStore(file), people: openPeopleStore(file) }
}
type Stores = ReturnType<typeof stores>

/** Each change in turn, and what it is to leave: events with who and when; doing it again changes nothing. */
const CHANGES: readonly (readonly [string, (s: Stores) => unknown, readonly string[]])[] = [
  ['devices.addLeave', ({ devices }) => devices.addLeave(leave, OP), ['device.invited op 7']],
  [
    'devices.enrol',
    ({ devices }) => devices.enrol(device('one'), certificate('one')),
    ['device.enrolled ana 5'],
  ],
  [
    'devices.enrol',
    ({ devices }) => devices.enrol(device('two'), certificate('two')),
    ['device.revoked ana 5', 'device.enrolled ana 5'],
  ],
  ['devices.setLevel', ({ devices }) => devices.setLevel('two', 'hardware', OP), ['device.judged op 7']],
  [
    'devices.revokeCertificate',
    ({ devices }) => devices.revokeCertificate('s-two', OP),
    ['certificate.revoked op 7'],
  ],
  ['devices.revokeCertificate', ({ devices }) => devices.revokeCertificate('s-two', OP), []],
  ['devices.revokeDevice', ({ devices }) => devices.revokeDevice('two', 'sold', OP), ['device.revoked op 7']],
  ['devices.revokeDevice', ({ devices }) => devices.revokeDevice('two', 'sold', OP), []],
  ['devices.addLock', ({ devices }) => devices.addLock(lock), ['lock.set op 6']],
  ['devices.liftLock', ({ devices }) => devices.liftLock('l', OP), ['lock.lifted op 7']],
  ['devices.liftLock', ({ devices }) => devices.liftLock('l', OP), []],
  ['devices.addTrust', ({ devices }) => devices.addTrust('root', Buffer.from('x'), OP), ['trust.added op 7']],
  ['devices.addTrust', ({ devices }) => devices.addTrust('root', Buffer.from('x'), OP), []],
  [
    'devices.removeTrust',
    ({ devices }) => devices.removeTrust('root', Buffer.from('x'), OP),
    ['trust.removed op 7'],
  ],
  ['devices.removeTrust', ({ devices }) => devices.removeTrust('root', Buffer.from('x'), OP), []],
  ['people.addPerson', ({ people }) => people.addPerson(ana, 'op'), ['person.added op 4']],
  ['people.addPerson', ({ people }) => people.addPerson(ana, 'op'), []],
  ['people.pinSubject', ({ people }) => people.pinSubject('ana', 'one', 8), ['person.linked ana 8']],
  ['people.pinSubject', ({ people }) => people.pinSubject('ana', 'two', 8), []],
  ['people.addPasskey', ({ people }) => people.addPasskey(passkey), ['passkey.added ana 2']],
  ['people.addPasskey', ({ people }) => people.addPasskey(passkey), []],
  ['people.revokePasskey', ({ people }) => people.revokePasskey('key', 'lost', OP), ['passkey.revoked op 7']],
  ['people.revokePasskey', ({ people }) => people.revokePasskey('key', 'lost', OP), []],
]

/** What a person does with their own machine and browser: the log has the requests and grants that come of it. */
const PERSONAL = [
  ...['devices.spendLeave', 'devices.addCertificate', 'people.countPasskey', 'people.addSession'],
  ...['people.endSessions', 'people.keep', 'people.spend', 'people.tryOnce', 'people.addPresence'],
]
const READING = [
  ...[
    'device',
    'devices',
    'certificate',
    'activeLock',
    'locks',
    'trust',
    'changesSince',
    'notes',
    'notesId',
  ].map((name) => `devices.${name}`),
  ...['person', 'people', 'passkey', 'passkeys', 'session', 'peek', 'presence', 'presences'].map(
    (name) => `people.${name}`,
  ),
  ...['devices.note', 'people.note', 'devices.close', 'people.close'],
]

describe('what an administrator changes', () => {
  it('leaves a note with who and when, and none where nothing changed', () => {
    const s = stores()
    let seen = 0
    for (const [n, [name, change, left]] of CHANGES.entries()) {
      change(s)
      const notes = s.devices.notes(seen, 10)
      seen = notes.at(-1)?.seq ?? seen
      expect(
        notes.map(({ event, actor, at }) => `${event} ${actor} ${at}`),
        `${n} ${name}`,
      ).toEqual(left)
    }
  })

  it('is every change that the stores know, but what people do with their own', () => {
    const { devices, people } = stores()
    const methods = (name: string, store: object) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(store)).map((method) => `${name}.${method}`)
    const known = [
      ...CHANGES.map(([name]) => name),
      ...PERSONAL,
      ...READING,
      'devices.constructor',
      'people.constructor',
    ]
    expect([...methods('devices', devices), ...methods('people', people)].sort()).toEqual(
      [...new Set(known)].sort(),
    )
  })

  it('cannot be changed or deleted afterwards', () => {
    const { file, devices } = stores()
    devices.addLock(lock)
    const db = new DatabaseSync(file)
    expect(() => db.exec("UPDATE note SET actor = 'nobody'")).toThrow('only be added')
    expect(() => db.exec('DELETE FROM note')).toThrow('only be added')
    db.close()
  })
})

describe('notes in the log', () => {
  const events = async (ledger: GrantLedger) =>
    (await ledger.auditRecords(1, 10_000)).map(({ event }) => event)

  it('come each once, in their order, whoever adds them and wherever that is broken off', async () => {
    const { file, devices } = stores()
    const logs = ledgerFile()
    const one: GrantLedger = openGrantLedger(logs, signer)
    const two: GrantLedger = openGrantLedger(logs, signer)
    for (let i = 0; i < 230; i++) devices.note({ at: i, actor: 'op', event: `n.${i}`, detail: { i } })
    const dying: GrantLedger = {
      auditHead: () => one.auditHead(),
      auditRecords: (seq, limit) => one.auditRecords(seq, limit),
      checkpoint: (at) => one.checkpoint(at),
      close: () => one.close(),
      transact: (work) =>
        one.transact(async (tx) => {
          await work(tx)
          throw new Error('ended here')
        }),
    }
    await expect(chainNotes(devices, dying)).rejects.toThrow('ended here')
    const again = openDeviceStore(file)
    expect(await Promise.all([chainNotes(devices, one), chainNotes(again, two)])).toEqual([230, 230])
    expect(await chainNotes(devices, two)).toBe(230)

    expect(await events(one)).toEqual(Array.from({ length: 230 }, (_, i) => `n.${i}`))
    await one.checkpoint(300)
    const records = await one.auditRecords(1, 10_000)
    expect(verifyAudit(records.map((each) => `${recordLine(each)}\n`).join(''))).toMatchObject({ faults: [] })
    await one.close()
    await two.close()
  })

  it('of several brokers stand side by side', async () => {
    const [a, b] = [stores().devices, stores().devices]
    expect(a.notesId()).not.toBe(b.notesId())
    const ledger = openGrantLedger(ledgerFile(), signer)
    a.addLock(lock)
    b.addLock({ ...lock, id: 'other' })
    for (const source of [a, b, a, b]) await chainNotes(source, ledger)
    expect(await events(ledger)).toEqual(['lock.set', 'lock.set'])
    await ledger.close()
  })

  it('hold no secret', () => {
    const { devices } = stores()
    devices.note({
      at: 0,
      actor: 'op',
      event: 'x',
      detail: { because: 'AKIAIOSFODNN7EXAMPLE', password: 'p' },
    })
    expect(JSON.stringify(devices.notes(0, 9))).not.toMatch(/AKIA|"p"/)
  })
})
