import type { Edge, NodeId } from '../../../graph/index.ts'
import { derived, nativeId, nodeId } from '../../../graph/index.ts'
import type { Accepts } from '../../federation.ts'
import type { Claims } from '../../token.ts'
import { judgeToken } from '../../token.ts'
import { externalAccountNode } from '../load/trusted-nodes.ts'
import type { Estate } from '../evaluate/estate.ts'
import { claimKey } from '../federation/issuers.ts'
import { WEB_IDENTITY } from '../federation/open-trust.ts'
import { letsIn } from '../federation/stranger.ts'
import type { RoleTrusts } from './role-trust.ts'
import { externalAccounts, inWords, isAbout, type Trust } from './trusts.ts'

/** `can-become` edges from identity providers and external accounts, and the trusts in tokens that other clouds may show. */
export function federation(
  estate: Estate,
  all: readonly Trust[],
  roles: RoleTrusts,
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
      if (!isSaml) accepts.push(accepted(trust, provider, roles))
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

/** The providers that AWS has itself: they are not made in an account and have no list of audiences there. */
const BUILT_IN = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
])

/** Issuers of tokens of other clouds' workloads. */
const CLOUD_ISSUER = /^(accounts\.google\.com$|sts\.windows\.net\/|login\.microsoftonline\.com\/)/

/**
 * A trust in tokens of an OpenID Connect provider, evaluated exactly: the whole trust policy, with its denials, and the
 * resource control policies above the role.
 */
function accepted(trust: Trust, provider: string, roles: RoleTrusts): Accepts {
  const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider
  const { isUnseen, ...policies } = roles.of(trust.arn, trust.use)
  const question = { ...policies, provider, role: trust.arn, action: WEB_IDENTITY, only: trust.index }
  const written = trust.clauses.flatMap(({ values }) => values.map((value) => value.replaceAll(/[*?]/g, 'a')))
  const unseen = [
    ...(BUILT_IN.has(issuer)
      ? []
      : [`${provider} lists the token's audience (its client ids were not imported)`]),
    ...(isUnseen ? ['no resource control policy forbids it (they were not imported)'] : []),
  ]
  return {
    issuer,
    becomes: nodeId('aws', trust.arn),
    judge: (token) =>
      judgeToken(token, written, (claims) => {
        const found = letsIn(question, contextKeys(issuer, claims))
        return found === undefined
          ? undefined
          : { conditions: found.conditions, missing: [...found.missing, ...unseen] }
      }),
    ...(CLOUD_ISSUER.test(issuer) ? { stands: nodeId('aws', provider) } : {}),
    because: trust.because,
  }
}

/**
 * Condition keys of a token. `aud` is the authorized party where the token has one, `oaud` is always the audience.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
function contextKeys(issuer: string, claims: Claims): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>()
  const put = (name: string, value: string | null | undefined) => {
    if (typeof value === 'string') keys.set(claimKey(issuer, name), [value])
  }
  put('sub', claims.get('sub'))
  put('aud', claims.has('azp') ? claims.get('azp') : claims.get('aud'))
  put('oaud', claims.get('aud'))
  return keys
}
