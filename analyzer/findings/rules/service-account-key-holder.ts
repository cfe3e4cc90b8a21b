import type { FindingRule } from '../rule.ts'
import { factsOf, powerful } from '../facts.ts'
import { STALE_DAYS, daysBetween, homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const serviceAccountKeyHolder: FindingRule = {
  id: 'service-account-key-holder',
  title: 'Workload identity with a long-lived key',
  why:
    'A key file is a password that nobody types: it lies in build systems, images and home directories, and whoever copies it ' +
    'is that workload from anywhere, until the key is deleted. Attached identities and federation need none.',
  severity: 'medium',
  varies: `high for an identity with far-reaching rights, or when the key is older than ${STALE_DAYS} days`,
  tells: 'hygiene',
  *cases({ facts, nodes, now }) {
    const strong = powerful(facts)
    for (const fact of factsOf(facts, 'long-lived-key')) {
      if (!fact.ofServiceAccount) continue
      const days = fact.created === undefined ? undefined : daysBetween(fact.created, now)
      const grave = strong.has(fact.principal) || (days !== undefined && days > STALE_DAYS)
      yield {
        subject: fact.principal,
        scope: homeOf(nodes, fact.principal),
        discriminator: fact.keyId,
        detail: `key ${fact.keyId}${days === undefined ? '' : ` (${days} days old)`}`,
        ...(grave ? { severity: 'high' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) =>
    `${nameOf(nodes, cases[0].subject)} can be used from anywhere with ${cases[0].detail}`,
}
