import type { Edge, NodeId } from '../../../graph/index.ts'
import { derived, nativeId, nodeId } from '../../../graph/index.ts'
import type { Accepts, SubjectTest } from '../../federation.ts'
import type { Clause } from '../evaluate/condition.ts'
import { externalAccountNode } from '../load/trusted-nodes.ts'
import type { Estate } from '../evaluate/estate.ts'
import { externalAccounts, inWords, isAbout, type Trust } from './trusts.ts'

/** `can-become` edges from identity providers and external accounts, and the trusts in tokens that other clouds may show. */
export function federation(
  estate: Estate,
  all: readonly Trust[],
): {
  readonly edges: readonly Edge[]
  readonly accepts: readonly Accepts[]
} {
  const edges: Edge[] = []
  const accepts: Accepts[] = []
  for (const trust of all) {
    if (!trust.isRole) continue
    if (isAbout(trust, 'sts:AssumeRole')) {
      for (const account of externalAccounts(estate, trust.element)) {
        edges.push(edge(trust, externalAccountNode(account), 'assume-role', 'assume role'))
      }
    }
    for (const provider of trust.element.federated) {
      const isSaml = provider.includes(':saml-provider/')
      const action = isSaml ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
      if (!isAbout(trust, action)) continue
      const rule = isSaml ? 'assume-role-with-saml' : 'assume-role-with-web-identity'
      edges.push(edge(trust, nodeId('aws', provider), rule, isSaml ? 'SAML sign-in' : 'OIDC sign-in'))
      if (!isSaml) accepts.push(accepted(trust, provider))
    }
  }
  return { edges, accepts }
}

function edge(trust: Trust, from: NodeId, rule: string, label: string): Edge {
  const conditions = inWords(trust.clauses)
  return {
    kind: 'can-become',
    from,
    to: nodeId('aws', trust.arn),
    rule,
    label,
    certainty: conditions.length === 0 ? 'certain' : 'conditional',
    conditions,
    because: derived(rule, `${trust.arn} trusts ${nativeId(from)}`, [trust.because]),
  }
}

/**
 * A trust in tokens of an OpenID Connect provider. The issuer's condition keys are `<issuer>:sub` and `<issuer>:aud`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
function accepted(trust: Trust, provider: string): Accepts {
  const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider
  const key = (clause: Clause) => clause.key.toLowerCase()
  const subjects = trust.clauses.filter((clause) => key(clause) === `${issuer.toLowerCase()}:sub`)
  const [only] = subjects
  const test = subjects.length === 1 && only !== undefined ? subjectTest(only) : undefined
  const audience = trust.clauses.find(
    (clause) =>
      key(clause) === `${issuer.toLowerCase()}:aud` && clause.operator.toLowerCase() === 'stringequals',
  )
  const used = new Set([...(test === undefined ? [] : [only]), audience])
  return {
    issuer,
    ...(test === undefined ? {} : { subject: test }),
    ...(audience === undefined ? {} : { audiences: audience.values }),
    becomes: nodeId('aws', trust.arn),
    conditions: inWords(trust.clauses.filter((clause) => !used.has(clause))),
    because: trust.because,
  }
}

function subjectTest(clause: Clause): SubjectTest | undefined {
  const [value, ...others] = clause.values
  if (value === undefined || others.length > 0 || value.includes('${')) return undefined
  const operator = clause.operator.toLowerCase()
  if (operator === 'stringequals') return { equals: value }
  return operator === 'stringlike' ? { like: value } : undefined
}
