import { NO_EVIDENCE, possibleApprovers, type Entitlement, type Requirement } from '../../policies/index.ts'
import { hasEnded } from '../grants/grant.ts'
import type { ConnectorTraits } from '../grants/connector.ts'
import type { RequestsContext } from './context.ts'
import type { RequestTerms } from './request.ts'

/** What a request would take and give, before anybody is bothered with it. */
export interface Preview {
  readonly requirement: Requirement
  /** What of each way nobody has shown yet; beside `requirement.ways`. */
  readonly missing: readonly (readonly string[])[]
  /** Ids of the people who could approve, where a way takes people. */
  readonly approvers: readonly string[]
  readonly entitlement: Entitlement
  /** Grants of the person that give the same already. */
  readonly has: readonly string[]
  /** What the connector promises; undefined: none is configured for it. */
  readonly traits: ConnectorTraits | undefined
}

/** Throws a refusal for a person or entitlement that is not in the catalogue. */
export async function previewOf(context: RequestsContext, terms: RequestTerms): Promise<Preview> {
  const { judge, offer, connectors, ledger } = context
  const entitlement = offer.entitlement(terms.entitlement)
  const { requirement, ways, missing } = judge.needs(terms, NO_EVIDENCE)
  const takesPeople = ways.some(({ evidence }) => evidence.approvals > 0 || evidence.quorums.length > 0)
  const grants = await ledger.transact((tx) => tx.grants(terms.person))
  const has = grants.filter((each) => each.entitlement === entitlement.id && !hasEnded(each.state))
  return {
    requirement,
    missing,
    approvers: takesPeople ? approversOf(context, terms) : [],
    entitlement,
    has: has.map(({ id }) => id),
    traits: connectors.for(entitlement)?.traits,
  }
}

/** Ids of the people who could approve, with the most evidence of their own. */
export function approversOf(
  { judge, offer, decider }: RequestsContext,
  terms: RequestTerms,
): readonly string[] {
  const { person, entitlement } = judge.ask(terms)
  const others = offer.people.filter(({ id }) => !offer.oneHand(id, person.id))
  return possibleApprovers(decider, person, entitlement, others).map(({ id }) => id)
}
