import type { Fact, LongLivedKeyFact } from '../../../analyzer/findings/fact.ts'
import { type Instant, observed } from '../../../graph/index.ts'
import { id } from '../paths/estate.ts'

export const NOW = '2026-11-20T00:00:00Z' as Instant

/** The instant so many days before `NOW`. */
export function daysAgo(days: number): Instant {
  return new Date(Date.parse(NOW) - days * 86_400_000).toISOString() as Instant
}

/** What every fact has; `name` tells evidence and remedies apart. */
export function base(name: string, assumes: readonly string[] = []) {
  return {
    evidence: [observed({ source: 0, pointer: `/${name}` }, `statement ${name}`)] as const,
    remedy: { says: `detach ${name}`, format: 'command' as const, text: `detach ${name}` },
    assumes,
  }
}

export function administrator(
  who: string,
  scope: string,
  via = 'Admin',
  assumes: readonly string[] = [],
): Fact {
  return {
    ...base(`${via}-${who}`, assumes),
    fact: 'administrator',
    principal: id(who),
    scope: id(scope),
    via,
  }
}

export function privileged(who: string, scope: string, via = 'Power'): Fact {
  return { ...base(`${via}-${who}`), fact: 'privileged', principal: id(who), scope: id(scope), via }
}

export function key(
  who: string,
  keyId: string,
  days?: number,
  secret: LongLivedKeyFact['secret'] = 'access-key',
): Fact {
  return {
    ...base(keyId),
    fact: 'long-lived-key',
    principal: id(who),
    keyId,
    secret,
    ...(days === undefined ? {} : { created: daysAgo(days) }),
  }
}
