import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PeopleStore } from '../../broker/people/people-store.ts'
import type { Once, Passkey, Session } from '../../broker/people/person.ts'
import type { PresenceRecord } from '../../broker/people/presence-record.ts'

const ANA = { name: 'ana@example.com', kind: 'member', subject: undefined, addedAt: 1 } as const

const passkey = (more: Partial<Passkey> = {}): Passkey => ({
  ...{
    id: 'key',
    person: ANA.name,
    place: 'desk',
    rpId: 'localhost',
    cose: Buffer.from([1]),
    spki: Buffer.from([2]),
  },
  ...{ algorithm: -7, counter: 3, custody: 'device-bound', backedUp: false, aaguid: 'a', addedAt: 2 },
  ...{ revokedAt: undefined, revokedBecause: undefined },
  ...more,
})
const session = (more: Partial<Session> = {}): Session => ({
  ...{
    hash: 'h',
    person: ANA.name,
    device: 'd',
    login: 'provider',
    subject: 'ana',
    sid: 's1',
    acr: undefined,
  },
  ...{ begunAt: 10, endsAt: 100, endedAt: undefined, endedBecause: undefined },
  ...more,
})
const once = (more: Partial<Once> = {}): Once => ({
  ...{ kind: 'confirm', hash: 'o', fields: { device: 'd', __proto__x: 'y' }, expiresAt: 50 },
  ...more,
})

function presence(more: Partial<PresenceRecord> = {}): PresenceRecord {
  const data = Buffer.alloc(37)
  data.writeUInt32BE(4, 33)
  return {
    ...{
      version: 1,
      id: 'p',
      person: ANA.name,
      decision: 'elevate',
      request: '{}',
      nonce: 'n',
      place: 'desk',
    },
    ...{ asked: 'touch', device: { id: 'd', level: 'tpm' }, rpId: 'localhost', origin: 'http://localhost' },
    passkey: { id: 'key', spki: 'Ag', algorithm: -7, custody: 'device-bound', counter: 3 },
    ...{ authenticatorData: data.toString('base64url'), clientData: '', signature: '', proximity: undefined },
    ...{ askedAt: 1, expiresAt: 9, shownAt: 5 },
    ...more,
  }
}

/** What every memory of people must do. `reopen` gives another one on the same content, as after a restart. */
export function peopleStoreContract(open: () => { store: PeopleStore; reopen: () => PeopleStore }): void {
  let store: PeopleStore
  let reopen: () => PeopleStore
  const opened: PeopleStore[] = []
  beforeEach(() => {
    ;({ store, reopen } = open())
    opened.push(store)
    store.addPerson(ANA, 'op')
  })
  afterEach(() => {
    for (const each of opened.splice(0)) each.close()
  })
  const again = () => {
    const other = reopen()
    opened.push(other)
    return other
  }

  it('keeps who a person is: a name is not taken over, a subject is set once', () => {
    const other = store.addPerson({ ...ANA, kind: 'break-glass' }, 'op')
    expect(other).toEqual(ANA)
    expect(store.pinSubject(ANA.name, 'one', 3)).toBe(true)
    expect(store.pinSubject(ANA.name, 'one', 3)).toBe(true)
    expect(store.pinSubject(ANA.name, 'two', 3)).toBe(false)
    expect(store.pinSubject('nobody', 'one', 3)).toBe(false)
    expect(again().people()).toEqual([{ ...ANA, subject: 'one' }])
  })

  it('keeps passkeys; an id is not taken over, a counter moves only from where it was', () => {
    expect(store.addPasskey(passkey())).toBe(true)
    expect(store.addPasskey(passkey({ person: ANA.name, counter: 0 }))).toBe(false)
    expect(store.countPasskey('key', 3, 4)).toBe(true)
    expect(store.countPasskey('key', 3, 5)).toBe(false)
    store.addPasskey(passkey({ id: 'other', place: 'phone', custody: 'synced', backedUp: true, addedAt: 1 }))
    store.revokePasskey('key', 'lost', { by: 'op', at: 7 })
    store.revokePasskey('key', 'later', { by: 'op', at: 8 })
    expect(store.countPasskey('key', 4, 5)).toBe(false)
    const [first, second, ...more] = again().passkeys(ANA.name)
    expect(more).toEqual([])
    expect(first).toMatchObject({ id: 'other', place: 'phone', custody: 'synced', backedUp: true })
    expect(second).toEqual(passkey({ counter: 4, revokedAt: 7, revokedBecause: 'lost' }))
  })

  it('ends sessions by cookie, by subject, and by the provider’s session', () => {
    for (const [hash, sid, begunAt] of [
      ['a', 's1', 10],
      ['b', 's2', 10],
      ['c', 's1', 30],
    ] as const) {
      store.addSession(session({ hash, sid, begunAt }))
    }
    expect(store.endSessions({ subject: 'eve', begunBefore: 99 }, 'x', 40)).toBe(0)
    expect(store.endSessions({ subject: 'ana', sid: 's1', begunBefore: 20 }, 'x', 40)).toBe(1)
    expect(store.session('a')).toMatchObject({ endedAt: 40, endedBecause: 'x' })
    expect(store.session('c')).toEqual(session({ hash: 'c', begunAt: 30 }))
    expect(store.endSessions({ subject: 'ana', begunBefore: 31 }, 'y', 41)).toBe(2)
    expect(store.endSessions({ hash: 'a' }, 'z', 42)).toBe(0)
    expect(again().session('b')).toMatchObject({ endedBecause: 'y' })
    expect(store.session('nothing')).toBeUndefined()
  })

  it('gives what is good once exactly once, also to another process', () => {
    store.keep(once())
    expect(store.peek('confirm', 'o', 49)).toMatchObject(once())
    expect(store.peek('finish', 'o', 49)).toBeUndefined()
    expect(again().spend('confirm', 'o', 49)).toMatchObject(once())
    expect(store.spend('confirm', 'o', 49)).toBe('spent')
    expect(store.peek('confirm', 'o', 49)).toBeUndefined()
    expect(store.spend('finish', 'o', 49)).toBe('unknown')
  })

  it('spends what is late', () => {
    store.keep(once())
    expect(store.peek('confirm', 'o', 50)).toBeUndefined()
    expect(store.spend('confirm', 'o', 50)).toBe('expired')
    expect(store.spend('confirm', 'o', 40)).toBe('spent')
  })

  it('counts tries, and allows none of what is unknown', () => {
    store.keep(once())
    expect([1, 2, 3].map(() => store.tryOnce('confirm', 'o', 2))).toEqual([true, true, false])
    expect(store.tryOnce('confirm', 'x', 2)).toBe(false)
  })

  it('stores a presence and counts its passkey, both or neither', () => {
    store.addPasskey(passkey())
    expect(store.addPresence(presence())).toBe(true)
    expect(store.passkey('key')?.counter).toBe(4)
    expect(store.addPresence(presence({ id: 'q', nonce: 'm' }))).toBe(false)
    expect(store.presence('q')).toBeUndefined()
    const replay = presence({ id: 'r', passkey: { ...presence().passkey, counter: 4 } })
    expect(() => store.addPresence(replay)).toThrow()
    expect(store.passkey('key')?.counter).toBe(4)
    expect(again().presence('p')).toEqual(presence())
  })

  it('finds presences of a person for a decision about a request, newest first', () => {
    store.addPasskey(passkey())
    const from = (counter: number) => ({ ...presence().passkey, counter })
    const data = (counter: number) => {
      const bytes = Buffer.alloc(37)
      bytes.writeUInt32BE(counter, 33)
      return bytes.toString('base64url')
    }
    store.addPresence(presence())
    store.addPresence(
      presence({ id: 'q', nonce: 'm', shownAt: 8, passkey: from(4), authenticatorData: data(5) }),
    )
    store.addPresence(
      presence({ id: 'r', nonce: 'o', request: '{"a":1}', passkey: from(5), authenticatorData: data(6) }),
    )
    expect(store.presences(ANA.name, 'elevate', '{}').map(({ id }) => id)).toEqual(['q', 'p'])
    expect(store.presences('eve', 'elevate', '{}')).toEqual([])
    expect(store.presences(ANA.name, 'other', '{}')).toEqual([])
  })
}
