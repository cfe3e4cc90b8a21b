import { afterEach, beforeEach, expect, it } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import type { Access, Grant } from '../../broker/grants/grant.ts'
import type { GrantLedger } from '../../broker/grants/grant-ledger.ts'

export const someGrant = (id: string, more: Partial<Grant> = {}): Grant => ({
  id,
  person: 'ana',
  entitlement: 'reader',
  connector: 'fake',
  access: 'ana|reader',
  reason: 'why\u0000not \u{1f511}',
  by: 'ana',
  plan: { role: 'r' },
  recipe: { role: 'r' },
  startsAt: 1,
  deadline: 100,
  issuedUntil: undefined,
  state: 'intent',
  endsAs: 'ended',
  kept: undefined,
  generation: 0,
  failures: 0,
  trouble: undefined,
  dueAt: 10,
  externallyModified: false,
  uncertain: false,
  killed: false,
  version: 0,
  ...more,
})
const ACCESS: Access = {
  key: 'ana|reader',
  stoodBefore: false,
  unsettledUntil: 5,
  removalUntil: 3,
  holder: 'b1',
  heldUntil: 9,
  fence: 2,
}

/** What every ledger of grants must do; `open` opens the same data each time within one test. */
export function grantLedgerContract(open: () => Promise<GrantLedger>): void {
  let ledger: GrantLedger
  beforeEach(async () => {
    ledger = await open()
  })
  afterEach(() => ledger.close())

  const entry = (event: string) => ({ at: 0, actor: 'ana', event, grant: 'g', detail: { n: 1 } })

  it('keeps grants, accesses and records as they were given, over a restart', async () => {
    const [full, bare] = [
      someGrant('a', { issuedUntil: 7, kept: 'it stood before', trouble: 'x' }),
      someGrant('b'),
    ]
    await ledger.transact(async (tx) => {
      await tx.insert(full)
      await tx.insert(bare)
      await tx.putAccess(ACCESS)
      await tx.audit(entry('grant.intended'))
    })
    await ledger.close()
    ledger = await open()
    const read = await ledger.transact(async (tx) => [
      await tx.grant('a'),
      await tx.grant('b'),
      await tx.access('ana|reader'),
    ])
    expect(read).toEqual([full, bare, ACCESS])
    expect((await ledger.auditRecords(1, 9)).map(({ seq, event }) => [seq, event])).toEqual([
      [1, 'grant.intended'],
    ])
  })

  it('writes all of a transaction or nothing of it, also among others at the same time', async () => {
    const works = Array.from({ length: 40 }, (_, n) =>
      ledger.transact(async (tx) => {
        await tx.insert(someGrant(`g${n}`))
        await tx.audit(entry(`e${n}`))
        if (n % 3 === 0) throw new RangeError('no')
      }),
    )
    const results = await Promise.allSettled(works)
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(14)
    const all = await ledger.transact((tx) => tx.grants())
    expect(all).toHaveLength(26)
    const events = (await ledger.auditRecords(1, 99)).map(({ event }) => Number(event.slice(1)))
    expect(events).toHaveLength(26)
    expect(events.filter((n) => n % 3 === 0)).toEqual([])
  })

  it('refuses a write over a newer version', async () => {
    await ledger.transact((tx) => tx.insert(someGrant('a')))
    const first = await ledger.transact((tx) => tx.update(someGrant('a', { state: 'active' })))
    expect(first).toMatchObject({ version: 1, state: 'active' })
    expect(await ledger.transact((tx) => tx.update(someGrant('a', { state: 'denied' })))).toBeUndefined()
    expect(await ledger.transact((tx) => tx.grant('a'))).toMatchObject({ state: 'active' })
    await expect(ledger.transact((tx) => tx.insert(someGrant('a')))).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
    })
  })

  it('knows what is due, what shares an access and what a person has', async () => {
    await ledger.transact(async (tx) => {
      await tx.insert(someGrant('late', { dueAt: 30 }))
      await tx.insert(someGrant('soon', { dueAt: 5, person: 'bo' }))
      await tx.insert(someGrant('over', { dueAt: 1, state: 'ended' }))
      await tx.insert(someGrant('other', { dueAt: 10, access: 'x' }))
    })
    const asked = await ledger.transact(async (tx) => ({
      due: await tx.due(10, 9),
      first: await tx.due(100, 1),
      living: (await tx.living('ana|reader')).map(({ id }) => id).sort(),
      bo: (await tx.grants('bo')).map(({ id }) => id),
    }))
    expect(asked).toEqual({ due: ['soon', 'other'], first: ['soon'], living: ['late', 'soon'], bo: ['soon'] })
  })

  it('forgets an access that is dropped', async () => {
    await ledger.transact((tx) => tx.putAccess(ACCESS))
    await ledger.transact((tx) => tx.putAccess({ ...ACCESS, fence: 3 }))
    expect(await ledger.transact((tx) => tx.access(ACCESS.key))).toMatchObject({ fence: 3 })
    await ledger.transact((tx) => tx.dropAccess(ACCESS.key))
    expect(await ledger.transact((tx) => tx.access(ACCESS.key))).toBeUndefined()
  })

  it('knows how far the notes of each source are in the log, with the records or not at all', async () => {
    const read = () => ledger.transact(async (tx) => [await tx.noted('one'), await tx.noted('two')])
    expect(await read()).toEqual([0, 0])
    await ledger.transact((tx) => tx.putNoted('one', 3))
    await ledger.transact((tx) => tx.putNoted('one', 5))
    const failed = ledger.transact(async (tx) => {
      await tx.audit(entry('e'))
      await tx.putNoted('two', 9)
      throw new Error('ended here')
    })
    await expect(failed).rejects.toThrow('ended here')
    expect(await read()).toEqual([5, 0])
    expect((await ledger.auditHead()).seq).toBe(0)
  })

  it('chains the log, and signs it now and then and when it is asked', async () => {
    const works = Array.from({ length: 300 }, (_, n) => ledger.transact((tx) => tx.audit(entry(`e${n}`))))
    await Promise.all(works)
    const head = await ledger.checkpoint(1)
    expect(await ledger.checkpoint(2)).toMatchObject({ seq: head.seq, hash: head.hash })
    const records = await ledger.auditRecords(1, 1_000)
    const verdict = verifyAudit(records.map((record) => `${recordLine(record)}\n`).join(''))
    expect(verdict).toMatchObject({ records: 302, checkpoints: 2, faults: [] })
  })
}
