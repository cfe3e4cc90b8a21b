import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import type { ContextLookup } from '../policy/context.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { policyDocument } from '../policy/document.ts'
import type { Formula } from '../policy/formula.ts'
import { and, fact, not, or } from '../policy/formula.ts'
import { RequestedResource } from '../policy/resource-pattern.ts'
import { textList } from '../raw.ts'
import type { Statement } from '../policy/statement.ts'
import { applies } from '../policy/statement.ts'

/** A trust policy, or another policy that may deny what it allows, ready to be asked about federated callers. */
export interface TrustDocument {
  readonly document: PolicyDocument
  /** By place of the statement: whom it names, as far as federated callers are concerned. */
  readonly named: readonly Named[]
}

interface Named {
  readonly everyone: boolean
  /** Identity providers and services. */
  readonly others: ReadonlySet<string>
  /** Of `NotPrincipal`. */
  readonly not: boolean
}

/** Compiles a policy document in AWS's own form. */
export function trustDocument(raw: JsonObject): TrustDocument {
  const given = own(raw, 'Statement') ?? []
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given]
  return { document: policyDocument(raw), named: list.map(namedIn) }
}

function namedIn(statement: Json): Named {
  const body = isObject(statement) ? statement : {}
  const principal = own(body, 'Principal')
  const element = principal ?? own(body, 'NotPrincipal')
  const aws = isObject(element) ? textList(own(element, 'AWS')) : []
  return {
    everyone: element === '*' || aws.includes('*'),
    others: new Set(
      isObject(element) ? ['Federated', 'Service'].flatMap((name) => textList(own(element, name))) : [],
    ),
    not: principal === undefined && element !== undefined,
  }
}

/** Somebody with a token or assertion of an identity provider, or a service, who asks for a role. */
export interface FederatedCall {
  /** ARN or name of the identity provider; name of the service. */
  readonly provider: string
  /** `sts:AssumeRoleWithWebIdentity`, `sts:AssumeRoleWithSAML`; of services `sts:AssumeRole`. */
  readonly action: string
  readonly role: string
  readonly context: ContextLookup
}

/**
 * Whether a role's trust policy and the resource control policies above its account let a federated caller in. There is no
 * identity policy on the caller's side: "Calling AssumeRoleWithWebIdentity does not require the use of AWS security
 * credentials". `only`: allow by this statement alone.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function lets(
  call: FederatedCall,
  trust: TrustDocument,
  controls: readonly TrustDocument[],
  only?: number,
): Formula {
  let allowed: Formula = false
  let denied: Formula = false
  for (const [statement, holds] of applying(call, trust, true)) {
    const at = trust.document.statements.indexOf(statement)
    if (statement.effect === 'allow' && (only === undefined || at === only)) allowed = or(allowed, holds)
    if (statement.effect !== 'allow') denied = or(denied, holds)
  }
  if (allowed === false) return false
  for (const control of controls) {
    for (const [statement, holds] of applying(call, control, false)) {
      if (statement.effect !== 'allow') denied = or(denied, holds)
    }
  }
  return and(allowed, not(denied))
}

function* applying(
  { provider, action, role, context }: FederatedCall,
  { document, named }: TrustDocument,
  isTrust: boolean,
): Generator<readonly [Statement, Formula]> {
  const resource = new RequestedResource(role)
  for (const statement of document.about(action.toLowerCase())) {
    const who = named[document.statements.indexOf(statement)]
    if (who === undefined) continue
    const isNamed = who.everyone || who.others.has(provider)
    // What NotPrincipal spares is documented for IAM principals only.
    const about: Formula = who.not
      ? and(!isNamed, fact('whether a statement with NotPrincipal is about federated callers'))
      : isNamed
    const holds = and(about, applies(statement, resource, context, isTrust))
    if (holds !== false) yield [statement, holds]
  }
}
