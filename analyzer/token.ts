/** A claim that is not fixed when the token is asked for. */
export interface Choice {
  /** What every value begins with. */
  readonly prefix: string
  /** The only values there are; absent: any text. */
  readonly among?: readonly string[]
  /** Whoever asks for the token says it; else what it is must be told as a condition. */
  readonly free: boolean
}

/** A token that a principal can get. A claim that it does not tell of is not known. */
export interface Token {
  /** The issuer's URL as in the token's `iss` (OpenID Connect Core 1.0); or a name that both sides agree on. */
  readonly issuer: string
  /** What the token says; null: it says something that is not known. */
  readonly claims: ReadonlyMap<string, string | null>
  readonly chosen: ReadonlyMap<string, Choice>
}

/** What a trust says to a token that it does not refuse. */
export interface Verdict {
  /** What else must hold, in words. */
  readonly conditions: readonly string[]
  /** Facts that were not imported or cannot be evaluated, in words. */
  readonly missing: readonly string[]
}

export const ACCEPTED: Verdict = { conditions: [], missing: [] }

/** One token as it may be shown: claim → text; null: not known. */
export type Claims = ReadonlyMap<string, string | null>

/** A value that nobody wrote down stands for all that nobody wrote down. */
const ANY = 'any-1f6c'
/** So many tokens are tried of one principal and trust. */
const MOST = 256
/** So many parts are tried, and each two of them together. */
const MOST_PARTS = 8

/**
 * The best verdict (fewest missing facts, then fewest conditions) on any token the principal can choose; `undefined`: each is
 * refused. `written`: texts of the trust that a claim may be compared with.
 */
export function judgeToken(
  token: Token,
  written: readonly string[],
  judge: (claims: Claims) => Verdict | undefined,
): Verdict | undefined {
  let best: Verdict | undefined
  let tried = 0
  for (const { claims, conditions } of shown(token, written)) {
    if (++tried > MOST) return best ?? { conditions: [], missing: ['which of very many tokens is accepted'] }
    const verdict = judge(claims)
    if (verdict === undefined) continue
    const whole = { ...verdict, conditions: [...conditions, ...verdict.conditions] }
    if (best === undefined || weight(whole) < weight(best)) best = whole
    if (weight(whole) === 0) break
  }
  return best
}

function weight({ conditions, missing }: Verdict): number {
  return conditions.length + 1000 * missing.length
}

interface Shown {
  readonly claims: Claims
  readonly conditions: readonly string[]
}

function* shown({ claims, chosen }: Token, written: readonly string[]): Generator<Shown> {
  let all: Shown[] = [{ claims, conditions: [] }]
  for (const [name, choice] of chosen) {
    const values = valuesOf(choice, written)
    all = all.slice(0, MOST + 1).flatMap((one) =>
      values.map((value) => ({
        claims: new Map([...one.claims, [name, value]]),
        conditions:
          choice.free || value === choice.prefix + ANY
            ? one.conditions
            : [...one.conditions, `${name} is ${value}`],
      })),
    )
  }
  yield* all
}

function valuesOf({ prefix, among }: Choice, written: readonly string[]): readonly string[] {
  if (among !== undefined) return among
  const some = written.filter((text) => text.startsWith(prefix) && text.length > prefix.length)
  // A part of a value, as `endsWith` takes it, is tried behind the prefix.
  const ends = prefix === '' ? [] : written.map((text) => text.slice(text.lastIndexOf('/') + 1))
  const parts = [...new Set(ends)].filter((text) => text !== '').slice(0, MOST_PARTS)
  const pairs = parts.flatMap((one) => parts.flatMap((other) => (one === other ? [] : [one + other])))
  return [...new Set([prefix + ANY, ...some, ...[...parts, ...pairs].map((text) => prefix + text)])]
}
