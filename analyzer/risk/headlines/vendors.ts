import type { Finding, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { worse } from '../../findings/merge.ts'
import { counted } from '../../findings/words.ts'
import { type EstateView, type Headline, type HeadlineInput, whenBefore } from './headline.ts'
import { outsideName } from './outsiders.ts'

const RULE = 'external-trust-without-condition'

/** Outsiders that are trusted in several places without a condition: widest first. */
export function vendors({ current, previous }: HeadlineInput): readonly Headline[] {
  const before = previous === null ? null : trustedBy(previous)
  return [...trustedBy(current).values()]
    .sort((a, b) => b.findings.length - a.findings.length || (a.vendor.id < b.vendor.id ? -1 : 1))
    .map(({ vendor, findings }): Headline => {
      const places = new Set(findings.map((f) => f.scope)).size
      const then = before?.get(vendor.id)?.findings ?? []
      const earlier = new Set(then.map((f) => f.scope)).size
      const change =
        previous === null || before === null || earlier === places
          ? ''
          : `; ${earlier === 0 ? 'in none' : `in ${earlier}`} ${whenBefore(current, previous)}`
      return {
        text:
          `${outsideName(vendor)} may act in ${counted(places, 'account')} ` +
          `without a condition that narrows it${change}`,
        severity: findings.map((f) => f.severity).reduce(worse),
        link: `/findings?rule=${RULE}`,
      }
    })
}

interface Trusted {
  readonly vendor: PrincipalNode
  readonly findings: Finding[]
}

/** By outsider: the findings on identities that it can become. */
function trustedBy(view: EstateView): ReadonlyMap<NodeId, Trusted> {
  const findings = new Map<NodeId, Finding>()
  for (const finding of view.findings) if (finding.rule === RULE) findings.set(finding.subject, finding)
  const trusted = new Map<NodeId, Trusted>()
  for (const edge of view.edges) {
    if (edge.kind !== 'can-become') continue
    const finding = findings.get(edge.to)
    const vendor = view.nodes.get(edge.from)
    if (finding === undefined || vendor?.kind !== 'principal' || vendor.external !== true) continue
    const known = trusted.get(vendor.id)
    if (known === undefined) trusted.set(vendor.id, { vendor, findings: [finding] })
    else if (!known.findings.includes(finding)) known.findings.push(finding)
  }
  return trusted
}
