import type { Derivation } from '../../../graph/index.ts'
import { observed } from '../../../graph/index.ts'
import { render, type Clause } from '../evaluate/condition.ts'
import type { Estate } from '../evaluate/estate.ts'
import { placeOf } from '../evaluate/hits.ts'
import type { PrincipalElement } from '../evaluate/principal-element.ts'
import { matches } from '../../../graph/index.ts'
import { accountIn } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import { ALLOW, NOT_ACTION, NOT_PRINCIPAL } from '../state.ts'

/** One statement of a role's trust policy or of a resource policy that allows. */
export interface Trust {
  /** ARN of the role or resource. */
  readonly arn: string
  readonly isRole: boolean
  readonly use: number
  readonly statement: number
  readonly index: number
  readonly element: PrincipalElement
  readonly clauses: readonly Clause[]
  readonly actions: readonly string[]
  readonly because: Derivation
}

/**
 * Every allowing statement of trust policies and resource policies that is about others than the accounts of the estate
 * and AWS services: everyone, identity providers, external accounts. `NotPrincipal` is left out.
 */
export function* trusts(estate: Estate): Generator<Trust> {
  const { principals, resources } = estate.state
  for (const [role, use] of principals.trust.entries()) {
    if (use >= 0) yield* of(estate, principals.arns[role] ?? '', true, use)
  }
  for (const [resource, use] of resources.policies.entries()) {
    if (use >= 0) yield* of(estate, resources.arns[resource] ?? '', false, use)
  }
}

function* of(estate: Estate, arn: string, isRole: boolean, use: number): Generator<Trust> {
  const { statements, uses } = estate.state
  for (const [index, statement] of estate.statementsOf(uses.documents[use] ?? -1).entries()) {
    const flags = estate.flags(statement)
    const element = estate.element(statement)
    if ((flags & ALLOW) === 0 || (flags & (NOT_PRINCIPAL | NOT_ACTION)) !== 0 || element === undefined)
      continue
    if (!isAboutOthers(estate, element)) continue
    const actions = Array.from(listAt(statements.lists, statements.actions[statement] ?? -1), (t) =>
      estate.text(t),
    )
    const clauses = estate.blockOf(statement)?.clauses ?? []
    const says = `${isRole ? 'trust policy' : 'resource policy'} of ${arn}, statement ${index + 1}`
    yield {
      arn,
      isRole,
      use,
      statement,
      index,
      element,
      clauses,
      actions,
      because: observed(placeOf(estate, use, index), says),
    }
  }
}

function isAboutOthers(estate: Estate, element: PrincipalElement): boolean {
  return element.everyone || element.federated.length > 0 || externalAccounts(estate, element).size > 0
}

/** Accounts that an element names and that are not of the estate. */
export function externalAccounts(estate: Estate, element: PrincipalElement): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (account: string | undefined) => {
    if (account !== undefined && estate.accountOf(account) < 0) found.add(account)
  }
  for (const account of element.accounts) add(account)
  for (const name of element.named) add(accountIn(name))
  for (const session of element.sessions.keys()) add(session.slice(0, 12))
  return found
}

/** Whether a trust is about an action. */
export function isAbout(trust: Trust, action: string): boolean {
  return trust.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))
}

/** Conditions in words. */
export function inWords(clauses: readonly Clause[]): readonly string[] {
  return clauses.map(render)
}

/**
 * Condition keys that narrow who may use a trust: an organization, an account, a source, an external id, a subject.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const NARROWING =
  /^(sts:externalid|aws:(principalorgid|principalorgpaths|principalarn|principalaccount|principaltag\/.*|userid|username|source(arn|account|orgid|orgpaths|ip|vpc|vpce|vpcarn|identity)|multifactorauthpresent|multifactorauthage|vpcsourceip|viaawsservice|principalisawsservice|principalservicename)|kms:(calleraccount|viaservice)|s3:(dataaccesspointaccount|dataaccesspointarn)|lambda:eventsourcetoken|saml:.*|.*:(sub|amr|oaud|repository|repository_owner|job_workflow_ref|environment|project_path|namespace_path))$/

/** Whether a clause says something definite about who: a bare `*` narrows nobody, neither does a negation. */
export function narrows(clause: Clause): boolean {
  const operator = clause.operator.toLowerCase()
  if (operator.includes('not') || operator === 'null' || operator.startsWith('forallvalues')) return false
  if (operator.endsWith('ifexists')) return false
  if (!NARROWING.test(clause.key.toLowerCase())) return false
  if (operator.startsWith('ipaddress')) return !clause.values.some((v) => v === '0.0.0.0/0' || v === '::/0')
  if (operator === 'bool') return clause.values.every((value) => value === 'true')
  return !clause.values.some((value) => /^\*+$/.test(value))
}
