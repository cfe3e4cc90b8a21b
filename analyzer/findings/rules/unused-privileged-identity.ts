import type { Instant, PrincipalNode } from '../../../graph/index.ts'
import type { FindingRule } from '../rule.ts'
import { powerFacts } from '../facts.ts'
import { STALE_DAYS, daysBetween } from '../scope.ts'
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
      if (principal?.kind !== 'principal' || !isUnused(principal, now)) continue
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
    const last = subject?.kind === 'principal' ? subject.lastUsed : undefined
    const unused =
      last === undefined || last === 'never'
        ? 'has never been used'
        : `was last used ${daysBetween(last, now)} days ago`
    return `${nameOf(nodes, cases[0].subject)} ${unused} and still holds ${details(cases)}`
  },
}

/** Known never to have acted (and not just created), or not for long. */
function isUnused(principal: PrincipalNode, now: Instant): boolean {
  const { lastUsed, created } = principal
  if (lastUsed === undefined) return false
  if (lastUsed !== 'never') return daysBetween(lastUsed, now) > STALE_DAYS
  return created === undefined || daysBetween(created, now) > STALE_DAYS
}
