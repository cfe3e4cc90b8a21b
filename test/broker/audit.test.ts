import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { follow, GENESIS, recordHash, recordLine, type AuditRecord } from '../../broker/audit/record.ts'
import { ocsfEvent } from '../../broker/audit/ocsf.ts'
import { checkpoint, signerOf } from '../../broker/audit/signer.ts'
import { verifyAudit, type AuditFault } from '../../broker/audit/verify.ts'
import { withoutSecrets } from '../../broker/audit/without-secrets.ts'

const pair = generateKeyPairSync('ed25519')
const signer = signerOf(pair.privateKey)
const keys = [pair.publicKey]
const AT = Date.UTC(2026, 10, 22)

/** Ten records and a checkpoint, twice. */
function log(): AuditRecord[] {
  const records: AuditRecord[] = []
  const head = () => records.at(-1) ?? GENESIS
  for (let n = 0; n < 20; n++) {
    const detail = { person: 'ana', entitlement: `role ${n}` }
    records.push(follow(head(), { at: AT + n, actor: 'ana', event: 'grant.active', grant: `g${n}`, detail }))
    if (n % 10 === 9) records.push(checkpoint(head(), AT + n, signer))
  }
  return records
}
const good = log().map(recordLine)
const head = { seq: 22, hash: log()[21]?.hash ?? '' }
const verify = (lines: readonly string[], options = {}) =>
  verifyAudit(lines.map((line) => `${line}\n`).join(''), { keys, head, ...options })
const named = (faults: readonly AuditFault[]) => faults.map(({ kind, seq }) => `${kind} ${seq ?? '-'}`)
const numbers = good.map((_, at) => at + 1)

/** The record changed and its hash made to fit. */
const forged = (line: string): string => {
  const record = JSON.parse(line) as AuditRecord
  const other = { ...record, actor: 'mallory' }
  return recordLine({ ...other, hash: recordHash(other) })
}

describe('the audit log', () => {
  it('is whole as it was written', () => {
    expect(verify(good)).toEqual({
      records: 22,
      checkpoints: 2,
      signedUpTo: head,
      signatures: 'good',
      faults: [],
    })
  })

  it('names the record of every flipped byte', { timeout: 60_000 }, () => {
    for (const n of [1, 11, 22]) {
      const line = Buffer.from(good[n - 1] ?? '')
      for (let at = 0; at < line.length; at++) {
        const flipped = Buffer.from(line)
        flipped[at] = (flipped[at] ?? 0) ^ 1
        // A flip that makes a line end makes two lines of one.
        const lines = good
          .with(n - 1, flipped.toString('latin1'))
          .join('\n')
          .split('\n')
        const faults = named(verify(lines).faults)
        const right = faults.some((each) => each === `changed ${n}` || each === `signature ${n}`)
        expect(right, `byte ${at} of record ${n}: ${faults.join()}`).toBe(true)
        expect(
          faults.filter((each) => !each.endsWith(` ${n}`) && each !== 'unsigned 12'),
          `byte ${at} of record ${n}`,
        ).toEqual([])
      }
    }
  })

  it('names every dropped record, and no other', () => {
    for (const n of numbers) {
      const faults = named(verify(good.toSpliced(n - 1, 1)).faults)
      expect(faults.filter((each) => !each.startsWith('unsigned'))).toEqual([`dropped ${n}`])
    }
  })

  it('names every added record: a copy, a forgery, or what is no record', () => {
    for (const n of numbers) {
      for (const extra of [good[n - 1] ?? '', forged(good[n - 1] ?? '')]) {
        for (const where of [n - 1, n]) {
          const { faults } = verify(good.toSpliced(where, 0, extra))
          expect(named(faults), `${n} at ${where}`).toEqual([`added ${n}`])
        }
      }
      expect(named(verify(good.toSpliced(n, 0, '{}')).faults)).toEqual(['added -'])
    }
  })

  it('names every record that was moved', () => {
    for (const n of numbers) {
      for (const to of numbers) {
        const without = good.toSpliced(n - 1, 1)
        const faults = named(verify(without.toSpliced(to - 1, 0, good[n - 1] ?? '')).faults)
        // Two neighbours that changed places: either has been moved.
        const either = Math.abs(n - to) === 1 ? [`reordered ${n}`, `reordered ${to}`] : [`reordered ${n}`]
        if (n === to) expect(faults).toEqual([])
        else expect(either).toContain(faults.join())
      }
    }
  })

  it('names a record that was exchanged for one whose hash fits', () => {
    for (const n of numbers) {
      const faults = named(verify(good.with(n - 1, forged(good[n - 1] ?? ''))).faults)
      expect(
        faults.some((each) => each.endsWith(` ${n}`)),
        faults.join(),
      ).toBe(true)
    }
  })

  it('is betrayed by the checkpoint when everything behind a record is written anew', () => {
    const records: AuditRecord[] = []
    for (const record of log()) {
      const body = {
        ...record,
        previous: records.at(-1)?.hash ?? GENESIS.hash,
        ...(record.seq === 14 && { actor: 'eve' }),
      }
      records.push({ ...body, hash: recordHash(body) })
    }
    const { faults, signatures, signedUpTo } = verify(records.map(recordLine))
    expect(named(faults)).toEqual(['head 22', 'signature 22'])
    expect(faults[1]?.says).toContain('records 12 to 22')
    expect([signatures, signedUpTo?.seq]).toEqual(['bad', 11])
    const other = [generateKeyPairSync('ed25519').publicKey]
    expect(named(verify(good, { keys: other }).faults)).toEqual(['signature 11', 'signature 22'])
    expect(verify(good, { keys: undefined }).signatures).toBeUndefined()
  })

  it('holds no secret', () => {
    const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`
    const held = withoutSecrets({
      why: `denied for ${jwt} and ASIAABCDEFGHIJKLMNOP`,
      session_token: 'abc',
      nested: [{ SecretAccessKey: 'abc', grant: 'g1' }],
      broken: '\ud800',
    })
    expect(held).toEqual({
      why: 'denied for [left out] and [left out]',
      session_token: '[left out]',
      nested: [{ SecretAccessKey: '[left out]', grant: 'g1' }],
      broken: '\ufffd',
    })
  })

  it('becomes OCSF events that carry the record', () => {
    const [first] = log()
    if (first === undefined) expect.unreachable()
    const event = ocsfEvent(first, { version: '1' })
    expect(event).toMatchObject({
      class_uid: 3005,
      activity_id: 1,
      type_uid: 300501,
      time: AT,
      user: { uid: 'ana' },
    })
    expect(event['raw_data']).toBe(good[0])
  })
})
