import fc from 'fast-check'
import { expect } from 'vitest'
import { Refusal } from '../../broker/refusal.ts'

/** Inputs of each file of bent inputs; `.ci/run` asks for 100,000. */
export const INPUTS = Number(process.env['GOMEISA_FUZZ'] ?? 5_000)
/** Recorded, so that a failure can be found again. */
export const SEED = 20_261_122
/** Milliseconds that a test of bent inputs may take. */
export const SLOW = 30_000 + INPUTS * 20

/** Sound bytes with some of them changed, cut out or put in; and bytes that were never sound. */
export function bent(sound: Buffer): fc.Arbitrary<Buffer> {
  const at = fc.nat(Math.max(sound.length - 1, 0))
  const flip = fc.tuple(fc.constant('flip' as const), at, fc.nat(255))
  const cut = fc.tuple(fc.constant('cut' as const), at, fc.nat(40))
  const put = fc.tuple(fc.constant('put' as const), at, fc.nat(255))
  const bends = fc.array(fc.oneof(flip, cut, put), { minLength: 1, maxLength: 6 }).map((all) => {
    let bytes = Buffer.from(sound)
    for (const [how, where, much] of all) {
      if (how === 'flip' && where < bytes.length) bytes[where]! ^= much
      else if (how === 'cut') bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + much)])
      else
        bytes = Buffer.concat([
          bytes.subarray(0, where),
          Buffer.alloc(1 + (much % 9), much),
          bytes.subarray(where),
        ])
    }
    return bytes
  })
  return fc.oneof(
    { weight: 4, arbitrary: bends },
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  )
}

/** Texts like a sound one. */
export const bentText = (sound: string): fc.Arbitrary<string> =>
  fc.oneof(
    bent(Buffer.from(sound)).map((bytes) => bytes.toString('latin1')),
    fc.string({ maxLength: 300 }),
  )

/** Counts refusals. */
export class Told {
  refused = 0

  /** Runs it: an answer or a refusal, and nothing else; no refusal repeats the input. */
  async by(work: () => unknown, secret?: string): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refused++
      if (secret !== undefined && secret.length > 20)
        expect(`${error.message}${error.remedy ?? ''}`).not.toContain(secret)
    }
  }
}
