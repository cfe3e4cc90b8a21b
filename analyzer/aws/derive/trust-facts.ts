import type { GraphNode, NodeId } from '../../../graph/index.ts'
import { matches, nodeId } from '../../../graph/index.ts'
import type { ExternalTrustFact, OpenTrustFact, PublicAccessFact } from '../../findings/fact.ts'
import { clausesOf, type Clause } from '../evaluate/condition.ts'
import type { Estate } from '../evaluate/estate.ts'
import { isPublicPolicy } from '../evaluate/public-policy.ts'
import { FALSE, TRUE } from '../evaluate/truth.ts'
import { externalAccountNode } from '../load/trusted-nodes.ts'
import { ACCESS_POINT, resourceType } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import { ALLOW } from '../state.ts'
import { changeTrust } from './remedies.ts'
import { externalAccounts, isAbout, narrows, type Trust } from './trusts.ts'

/** Trusts in accounts that are not of the estate, and in public identity providers. `open`: what is told already. */
export function* externalTrustFacts(
  estate: Estate,
  all: readonly Trust[],
  open: readonly OpenTrustFact[],
): Generator<ExternalTrustFact> {
  const told = new Set(open.map(({ trusted, trusting }) => `${trusting} ${trusted}`))
  for (const trust of all) {
    const narrowed = trust.clauses.some(narrows)
    for (const account of externalAccounts(estate, trust.element)) {
      yield external(estate, trust, externalAccountNode(account), narrowed)
    }
    for (const provider of trust.element.federated) {
      // A cluster's own provider and a SAML provider stand for the estate's own identities.
      const isPublic = provider.includes(':oidc-provider/') && !provider.includes('/oidc.eks.')
      if (!isPublic || !isAbout(trust, 'sts:AssumeRoleWithWebIdentity')) continue
      if (told.has(`${nodeId('aws', trust.arn)} ${nodeId('aws', provider)}`)) continue
      yield external(estate, trust, nodeId('aws', provider), narrowed)
    }
  }
}

function external(estate: Estate, trust: Trust, trusted: NodeId, narrowed: boolean): ExternalTrustFact {
  const isProvider = trusted.includes(':oidc-provider/')
  const issuer = trusted.slice(trusted.indexOf(':oidc-provider/') + ':oidc-provider/'.length)
  const says = isProvider
    ? 'name the subjects that are meant'
    : trust.isRole
      ? 'demand an external id that the trusted side uses for nobody else'
      : 'name the principal, or the organization, that is meant'
  const addition = isProvider
    ? { StringLike: { [`${issuer}:sub`]: 'SUBJECT' } }
    : trust.isRole
      ? { StringEquals: { 'sts:ExternalId': 'UNIQUE-SECRET' } }
      : { StringEquals: { 'aws:PrincipalArn': 'ARN-OF-THE-PRINCIPAL' } }
  return {
    fact: 'external-trust',
    trusted,
    trusting: nodeId('aws', trust.arn),
    narrowed,
    evidence: [trust.because],
    remedy: changeTrust(estate, trust, says, addition),
    assumes: [],
  }
}

/** Statements that let everyone in. */
export function* publicAccessFacts(
  estate: Estate,
  nodes: ReadonlyMap<NodeId, GraphNode>,
  all: readonly Trust[],
): Generator<PublicAccessFact> {
  for (const trust of all) {
    if (!trust.element.everyone || trust.clauses.some(narrows)) continue
    const guard = guarded(estate, trust.use)
    if (guard === 'closed') continue
    const block = blockOf(estate, trust)
    if (block === 'closed') continue
    const resource = nodeId('aws', trust.arn)
    if (!nodes.has(resource)) continue
    const [url, ...urls] = trust.clauses.flatMap((clause) => functionUrlSignIn(clause) ?? [])
    const others = trust.clauses.length - (url === undefined ? 0 : 1 + urls.length)
    yield {
      fact: 'public-access',
      resource,
      // Only who has an AWS account can assume a role or sign a request.
      audience: trust.isRole || url === 'AWS_IAM' ? 'any-account' : 'anyone',
      may: trust.isRole ? 'assume the role' : actionsInWords(trust.actions),
      conditional: others > 0 || guard === 'conditional',
      evidence: [trust.because],
      remedy: changeTrust(estate, trust, 'let in your own organization only', {
        StringEquals: {
          // Who calls a function URL without signing in belongs to no organization.
          ...(url === undefined ? {} : { [FUNCTION_URL_SIGN_IN]: 'AWS_IAM' }),
          'aws:PrincipalOrgID': estate.state.organization.id ?? 'YOUR-ORGANIZATION',
        },
      }),
      assumes: block,
    }
  }
}

const FUNCTION_URL_SIGN_IN = 'lambda:FunctionUrlAuthType'

/**
 * How callers of a Lambda function URL sign in, when that is what a clause tells: it says how, and keeps nobody out.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function functionUrlSignIn({ key, operator, values }: Clause): 'NONE' | 'AWS_IAM' | undefined {
  if (key.toLowerCase() !== FUNCTION_URL_SIGN_IN.toLowerCase()) return undefined
  if (!/^string(equals|like|equalsignorecase)$/i.test(operator)) return undefined
  const wanted = values.map((value) => value.toUpperCase())
  if (wanted.some((value) => matches(value, 'NONE'))) return 'NONE'
  return wanted.some((value) => matches(value, 'AWS_IAM')) ? 'AWS_IAM' : undefined
}

/** Whether denials for everyone in a policy (a use; -1: none) close what it or something else opens, or may. */
export function guarded(estate: Estate, use: number): 'open' | 'conditional' | 'closed' {
  const { uses, statements } = estate.state
  let found: 'open' | 'conditional' = 'open'
  for (const statement of estate.statementsOf(uses.documents[use] ?? -1)) {
    const element = estate.element(statement)
    if ((estate.flags(statement) & ALLOW) !== 0 || element === undefined) continue
    const actions = Array.from(listAt(statements.lists, statements.actions[statement] ?? -1), (t) =>
      estate.foldedText(t),
    )
    const all = actions.some((action) => action === '*' || /^[a-z0-9-]+:\*$/.test(action))
    if (!all) continue
    const condition = statements.conditions[statement] ?? -1
    if (condition < 0) {
      if (element.everyone) return 'closed'
      continue
    }
    const keys = clausesOf(estate.text(condition)).map((clause) => clause.key.toLowerCase())
    // Demanding TLS keeps nobody out.
    if (keys.some((key) => key !== 'aws:securetransport' && key !== 's3:tlsversion')) found = 'conditional'
  }
  return found
}

/** What S3 Block Public Access makes of a public bucket policy: closed, or what is assumed of it. */
function blockOf(estate: Estate, trust: Trust): 'closed' | readonly string[] {
  const { resources, uses } = estate.state
  const isAccessPoint = resourceType(trust.arn) === ACCESS_POINT
  if (!trust.arn.includes(':s3:::') && !isAccessPoint) return []
  const index = estate.resourceIndex(trust.arn)
  const isPublic = isPublicPolicy(estate, uses.documents[trust.use] ?? -1)
  const behind = isAccessPoint ? ['the bucket behind the access point lets them in, too'] : []
  if (isPublic === FALSE) return behind
  if (listAt(resources.restrictions, index).length > 0) {
    return isPublic === TRUE
      ? 'closed'
      : ['S3 does not take the policy for public, so that it is not restricted', ...behind]
  }
  if (resources.settled[index] === 1) return behind
  const whose = isAccessPoint ? 'access point' : 'bucket and its account'
  return [`Block Public Access of the ${whose} does not restrict public policies`, ...behind]
}

/** `s3:GetObject and 2 more actions`. */
export function actionsInWords(actions: readonly string[]): string {
  const [first = '', ...others] = actions
  if (others.length === 0) return first
  return `${first} and ${others.length} more ${others.length === 1 ? 'action' : 'actions'}`
}
