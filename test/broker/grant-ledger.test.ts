import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { GRANT_LEDGER_SCHEMA } from '../../broker/ledger/grant-schema.ts'
import { grantLedgerContract, someGrant } from '../contract/grant-ledger.ts'
import { requestLedgerContract, someRequest } from '../contract/request-ledger.ts'
import { ledgerFile, signer } from './grants-world.ts'

describe('the embedded ledger of grants', () => {
  let file = ''
  beforeEach(() => {
    file = ledgerFile()
  })
  grantLedgerContract(() => Promise.resolve(openGrantLedger(file, signer)))
  requestLedgerContract(() => Promise.resolve(openGrantLedger(file, signer)))

  it('lets nobody change or delete a record of the log', async () => {
    const ledger = openGrantLedger(file, signer)
    await ledger.transact((tx) => tx.audit({ at: 0, actor: 'a', event: 'e', detail: {} }))
    const db = new DatabaseSync(file)
    expect(() => db.exec("UPDATE audit SET record = ''")).toThrow('only be added to')
    expect(() => db.exec('DELETE FROM audit')).toThrow('only be added to')
    db.close()
    await ledger.close()
  })

  it('says that it is damaged instead of guessing', async () => {
    const ledger = openGrantLedger(file, signer)
    await ledger.transact((tx) => tx.insert(someGrant('a')))
    const db = new DatabaseSync(file)
    db.exec("UPDATE grant_row SET document = replace(document, 'intent', 'activ')")
    db.close()
    await expect(ledger.transact((tx) => tx.grant('a'))).rejects.toMatchObject({ code: 'STORE_UNUSABLE' })
    await ledger.close()
  })

  it('brings a file without requests up to date', async () => {
    const path = ledgerFile()
    const old = new DatabaseSync(path)
    old.exec(`${GRANT_LEDGER_SCHEMA} PRAGMA user_version = 1`)
    old.close()
    const ledger = openGrantLedger(path, signer)
    await ledger.transact((tx) => tx.insertRequest(someRequest('a')))
    await ledger.close()
    const again = openGrantLedger(path, signer)
    expect(await again.transact((tx) => tx.request('a'))).toEqual(someRequest('a'))
    await again.close()
  })

  it('refuses the file of a newer version', () => {
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => openGrantLedger(file, signer)).toThrow('newer version')
  })
})
