import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AccessRequest, Vote } from '../../broker/requests/request.ts'
import type { RequestLedger } from '../../broker/requests/request-ledger.ts'
import { someGrant } from './grant-ledger.ts'

export const someRequest = (id: string, more: Partial<AccessRequest> = {}): AccessRequest => ({
  ...{ id, person: 'ana', entitlement: 'reader', durationSeconds: 60, reason: 'why\u0000not \u{1f511}' },
  ...{ ticket: undefined, startsAt: undefined, breakGlass: false, extends: undefined, device: 'd' },
  ...{ askedAt: 1, openUntil: 9, state: 'awaiting', votes: [], activatedAt: undefined, grant: undefined },
  ...{ deniedBy: undefined, why: undefined, version: 0 },
  ...more,
})

/** What every ledger of requests must do besides; `open` opens the same data each time within one test. */
export function requestLedgerContract(open: () => Promise<RequestLedger>): void {
  let ledger: RequestLedger
  beforeEach(async () => {
    ledger = await open()
  })
  afterEach(() => ledger.close())

  it('keeps requests as they were given, over a restart', async () => {
    const vote: Vote = {
      ...{ person: 'bo', device: 'e', at: 2, content: 'c', level: 'tpm', presence: 'verified' },
      ...{ phone: true, proximity: false, record: undefined },
    }
    const full = someRequest('a', {
      ...{
        ticket: 't',
        startsAt: 3,
        breakGlass: true,
        extends: 'g',
        votes: [vote, { ...vote, record: 'r' }],
      },
      ...{ state: 'activated', activatedAt: 4, grant: 'g', deniedBy: 'x', why: 'y' },
    })
    await ledger.transact(async (tx) => {
      await tx.insertRequest(full)
      await tx.insertRequest(someRequest('b', { reason: undefined }))
    })
    await ledger.close()
    ledger = await open()
    const read = await ledger.transact(async (tx) => [await tx.request('a'), await tx.request('b')])
    expect(read).toEqual([full, someRequest('b', { reason: undefined })])
    expect(await ledger.transact((tx) => tx.request('c'))).toBeUndefined()
  })

  it('writes a request with its grant and record, or none of them', async () => {
    const work = (fails: boolean) =>
      ledger.transact(async (tx) => {
        await tx.insertRequest(someRequest('a'))
        await tx.insert(someGrant('g'))
        await tx.audit({ at: 0, actor: 'ana', event: 'request.asked', detail: {} })
        if (fails) throw new RangeError('no')
      })
    await expect(work(true)).rejects.toThrow('no')
    const nothing = await ledger.transact(async (tx) => [await tx.request('a'), await tx.grant('g')])
    expect([nothing, await ledger.auditRecords(1, 9)]).toEqual([[undefined, undefined], []])
    await work(false)
    await expect(ledger.transact((tx) => tx.insertRequest(someRequest('a')))).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
    })
  })

  it('lets one of many writers of one version through', async () => {
    await ledger.transact((tx) => tx.insertRequest(someRequest('a')))
    const writers = Array.from({ length: 50 }, (_, i) =>
      ledger.transact((tx) => tx.updateRequest(someRequest('a', { why: String(i) }))),
    )
    const written = (await Promise.all(writers)).filter((each) => each !== undefined)
    expect(written).toHaveLength(1)
    expect(await ledger.transact((tx) => tx.request('a'))).toEqual(written[0])
  })

  it('knows what waits, what a person asked for, and what made a grant', async () => {
    await ledger.transact(async (tx) => {
      await tx.insertRequest(someRequest('new', { askedAt: 5 }))
      await tx.insertRequest(someRequest('old', { askedAt: 2, person: 'bo' }))
      await tx.insertRequest(someRequest('done', { askedAt: 3, state: 'activated', grant: 'g' }))
      await tx.insertRequest(someRequest('more', { askedAt: 4, state: 'activated', grant: 'g' }))
    })
    const asked = await ledger.transact(async (tx) => ({
      open: (await tx.openRequests()).map(({ id }) => id),
      ana: (await tx.requestsOf('ana', 2)).map(({ id }) => id),
      grant: (await tx.requestsOfGrant('g')).map(({ id }) => id),
    }))
    expect(asked).toEqual({ open: ['old', 'new'], ana: ['new', 'more'], grant: ['more', 'done'] })
  })
}
