import type { FindingRule } from '../rule.ts'
import { factsOf, powerful } from '../facts.ts'
import { STALE_DAYS, daysBetween, homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const longLivedKeyOver90Days: FindingRule = {
  id: 'long-lived-key-over-90-days',
  title: `User with a key older than ${STALE_DAYS} days`,
  why:
    'A long-lived key works from anywhere, without a second factor, until somebody deletes it, and old keys have had the ' +
    'time to reach laptops, chat logs and repositories. Federation or short-lived credentials need no key at all. Where the ' +
    'export does not tell the age, nothing is reported.',
  severity: 'medium',
  varies: 'high for an identity with far-reaching rights',
  tells: 'hygiene',
  *cases({ facts, nodes, now }) {
    const strong = powerful(facts)
    for (const fact of factsOf(facts, 'long-lived-key')) {
      if (fact.secret !== 'access-key' || fact.created === undefined) continue
      const days = daysBetween(fact.created, now)
      if (days <= STALE_DAYS) continue
      const used =
        fact.lastUsed === undefined
          ? ''
          : fact.lastUsed === 'never'
            ? ' and was never used'
            : ` and was last used ${daysBetween(fact.lastUsed, now)} days ago`
      yield {
        subject: fact.principal,
        scope: homeOf(nodes, fact.principal),
        discriminator: fact.keyId,
        detail: `key ${fact.keyId} is ${days} days old${used}`,
        ...(strong.has(fact.principal) ? { severity: 'high' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) => `${nameOf(nodes, cases[0].subject)}: ${cases[0].detail}`,
}
