import type { FindingRule } from '../rule.ts'
import { powerFacts } from '../facts.ts'
import { idle } from '../idle.ts'
import { STALE_DAYS } from '../scope.ts'
import { details, nameOf } from '../words.ts'

export const unusedPrivilegedIdentity: FindingRule = {
  id: 'unused-privileged-identity',
  title: 'Unused privileged identity',
  why:
    'Nobody would miss it, and nobody would notice somebody else using it. An identity that has not acted for ' +
    `${STALE_DAYS} days needs none of its far-reaching rights. Where the export does not tell the last use, nothing is reported.`,
  severity: 'medium',
  varies: 'high for an administrator',
  tells: 'use',
  *cases({ facts, nodes, now }) {
    for (const fact of powerFacts(facts)) {
      const principal = nodes.get(fact.principal)
      if (principal?.kind !== 'principal') continue
      if ((idle(principal, now)?.days ?? 0) <= STALE_DAYS) continue
      yield {
        subject: principal.id,
        scope: principal.scope,
        discriminator: '',
        detail: fact.via,
        ...(fact.fact === 'administrator' ? { severity: 'high' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes, now }) => {
    const subject = nodes.get(cases[0].subject)
    const unused = subject?.kind === 'principal' ? idle(subject, now) : undefined
    return `${nameOf(nodes, cases[0].subject)} ${unused?.says ?? 'is not used'} and still holds ${details(cases)}`
  },
}
