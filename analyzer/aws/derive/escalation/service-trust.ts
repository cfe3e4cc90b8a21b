import type { Derivation } from '../../../../graph/index.ts'
import { observed } from '../../../../graph/index.ts'
import { blockTruth, render } from '../../evaluate/condition.ts'
import { placeOf } from '../../evaluate/hits.ts'
import type { PrincipalElement } from '../../evaluate/principal-element.ts'
import { FALSE, TRUE } from '../../evaluate/truth.ts'
import { ALLOW, NOT_PRINCIPAL, ROLE, VARIABLES } from '../../state.ts'
import type { Judge } from '../judge.ts'

/** A role that a service may act as, when the service is used in the role's account. */
export interface ServiceRole {
  readonly role: number
  /** What the trust policy demands of the request, in words; empty: nothing. */
  readonly conditions: readonly string[]
  readonly because: Derivation
}

/** The roles that trust AWS services, by account and service. Service-linked roles are handed to nobody. */
export class ServiceTrust {
  private readonly judge: Judge
  private readonly byService = new Map<string, ServiceRole[]>()
  /** Statements of a trust policy that are about being assumed by somebody. */
  private readonly documents = new Map<number, readonly number[]>()

  constructor(judge: Judge) {
    this.judge = judge
    const { estate } = judge
    const { principals, uses, layerSets } = estate.state
    for (const [role, trust] of principals.trust.entries()) {
      const isOwn = layerSets.serviceLinked[estate.layerSet(role)] !== 1
      if (principals.kinds[role] !== ROLE || trust < 0 || !isOwn) continue
      const document = uses.documents[trust] ?? -1
      for (const service of this.servicesOf(document)) {
        const found = this.trusted(role, trust, document, service)
        if (found === undefined) continue
        const key = `${estate.accountOfPrincipal(role)} ${service}`
        const list = this.byService.get(key)
        if (list === undefined) this.byService.set(key, [found])
        else list.push(found)
      }
    }
  }

  /** The roles of an account that a service may act as. */
  of(account: number, service: string): readonly ServiceRole[] {
    return this.byService.get(`${account} ${service}`) ?? []
  }

  private servicesOf(document: number): ReadonlySet<string> {
    const { estate } = this.judge
    const services = new Set<string>()
    for (const index of this.indexesIn(document)) {
      const statement = estate.statementAt(document, index)
      if ((estate.flags(statement) & ALLOW) === 0) continue
      for (const service of estate.element(statement)?.services ?? []) services.add(service)
    }
    return services
  }

  private indexesIn(document: number): readonly number[] {
    const known = this.documents.get(document)
    if (known !== undefined) return known
    const made = this.judge.holders.request('sts:AssumeRole', '').indexesIn(document)
    this.documents.set(document, made)
    return made
  }

  /** The request comes from the service for a resource of the role's own account; of everything else nothing is known. */
  private trusted(role: number, trust: number, document: number, service: string): ServiceRole | undefined {
    const { estate } = this.judge
    const identity = { ...estate.identity(role), arn: '', account: '', organization: null }
    const context = new Map([['aws:sourceaccount', estate.identity(role).account]])
    let best: ServiceRole | undefined
    const denials: string[] = []
    for (const index of this.indexesIn(document)) {
      const statement = estate.statementAt(document, index)
      const flags = estate.flags(statement)
      const element = estate.element(statement)
      if (element === undefined || !names(element, service, (flags & NOT_PRINCIPAL) !== 0)) continue
      const clauses = estate.blockOf(statement)?.clauses ?? []
      const truth = blockTruth(clauses, identity, (flags & VARIABLES) !== 0, context)
      if (truth === FALSE) continue
      const open =
        truth === TRUE
          ? []
          : clauses.filter((clause) => clause.key.toLowerCase() !== 'aws:sourceaccount').map(render)
      if ((flags & ALLOW) === 0) {
        if (truth === TRUE) return undefined
        denials.push(`not (${open.join(' and ')})`)
      } else if (best === undefined || open.length < best.conditions.length) {
        const says = `trust policy: ${service} may act as ${estate.identity(role).name}`
        best = { role, conditions: open, because: observed(placeOf(estate, trust, index), says) }
      }
    }
    return best === undefined ? undefined : { ...best, conditions: [...best.conditions, ...denials] }
  }
}

function names(element: PrincipalElement, service: string, negated: boolean): boolean {
  // `NotPrincipal` is not read here: it is not used for services.
  return !negated && (element.everyone || element.services.includes(service))
}
