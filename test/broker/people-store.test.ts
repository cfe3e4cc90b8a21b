import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { openPeopleStore } from '../../broker/ledger/embedded-people-store.ts'
import { LEDGER_STEPS } from '../../broker/ledger/schema.ts'
import { peopleStoreContract } from '../contract/people-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'gomeisa-people-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

describe('people in the embedded ledger', () => {
  peopleStoreContract(() => {
    const file = join(folder, `${(made += 1)}.db`)
    return { store: openPeopleStore(file), reopen: () => openPeopleStore(file) }
  })

  it('come to a ledger of the first version, whose devices stay, and share the file with them', () => {
    const file = join(folder, 'old.db')
    const old = new DatabaseSync(file)
    old.exec(`${LEDGER_STEPS[0] ?? ''} PRAGMA user_version = 1;`)
    old.exec("INSERT INTO lock VALUES ('l', 'person', 'ana', 'gone', 'op', 1, NULL, NULL, NULL)")
    old.close()
    const people = openPeopleStore(file)
    people.addPerson({ name: 'ana', kind: 'member', subject: undefined, addedAt: 1 }, 'op')
    const devices = openDeviceStore(file)
    expect(devices.activeLock({ kind: 'person', id: 'ana' }, 5)).toMatchObject({ reason: 'gone' })
    expect(people.person('ana')).toMatchObject({ kind: 'member' })
    devices.close()
    people.close()
  })

  it('are not read from a ledger of a newer version', () => {
    const file = join(folder, 'new.db')
    const newer = new DatabaseSync(file)
    newer.exec(`PRAGMA user_version = ${LEDGER_STEPS.length + 1}`)
    newer.close()
    expect(() => openPeopleStore(file)).toThrow('newer version')
  })
})
