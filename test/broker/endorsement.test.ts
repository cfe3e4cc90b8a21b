import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { der, oid, partsOf, TAG } from '../../broker/der/der.ts'
import { plainRsa } from '../../broker/devices/endorsement.ts'
import { RateLimit } from '../../broker/gateway/rate-limit.ts'
import { refusalOf } from './world.ts'

describe('an endorsement key', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spki = publicKey.export({ type: 'spki', format: 'der' })

  it('labelled RSAES-OAEP, which OpenSSL does not read, is the RSA key inside', () => {
    const bits = partsOf(spki, TAG.sequence)[1]!
    const algorithm = der(TAG.sequence, oid('1.2.840.113549.1.1.7'), der(TAG.sequence))
    const labelled = der(TAG.sequence, algorithm, der(TAG.bitString, bits.content))
    const inside = plainRsa(labelled)
    expect(inside && createPublicKey(inside).equals(publicKey)).toBe(true)
    expect(plainRsa(spki)).toBeUndefined()
  })

  it('cannot be hidden behind bytes too many or too few', async () => {
    for (const bytes of [
      spki.subarray(0, -1),
      Buffer.concat([spki, Buffer.from([0])]),
      Buffer.from([0x30, 0x80]),
    ]) {
      expect(await refusalOf(() => partsOf(bytes, TAG.sequence))).toBe('malformed')
    }
  })
})

describe('a limit', () => {
  it('lets a burst through, then as many as the time has filled up, for each key alone', () => {
    let now = 0
    const limit = new RateLimit({ burst: 2, perSecond: 10 }, () => now)
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([
      true,
      true,
      false,
      true,
    ])
    now += 99
    expect(limit.take('a')).toBe(false)
    now += 1
    expect([limit.take('a'), limit.take('a')]).toEqual([true, false])
    now += 10_000
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([true, true, false])
  })
})
