import type { Cloud } from '../../graph/index.ts'

/** What the analysis says of an entitlement. What was not seen is `unknown`, never `no`. */
export const FACTS = ['yes', 'no', 'unknown'] as const
export type Fact = (typeof FACTS)[number]

export const ENVIRONMENTS = ['production', 'other', 'unknown'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/**
 * A role at a scope that people may ask for: plain data of the operator's catalogue, never of a client. A request names
 * its `id` and nothing else. What the analysed estate says of it is filled in by `app/`.
 */
export interface Entitlement {
  readonly id: string
  readonly cloud: Cloud
  /** The cloud's own name of the role, permission set or definition. */
  readonly role: string
  /** The cloud's own name of the place: account, project, subscription, resource group. */
  readonly scope: string
  /** Every bundle it stands in, the outer ones too: slices of the policy set are cut by them. */
  readonly groups: readonly string[]
  /** Groups whose people may ask for it, as far as a policy looks at them. */
  readonly eligible: readonly string[]
  /** Groups that answer for it. */
  readonly owners: readonly string[]
  readonly environment: Environment
  /** Whether who has it can become an administrator of the place. */
  readonly reachesAdministrator: Fact
  /** Whether who has it can reach a crown jewel. */
  readonly opensCrownJewelPath: Fact
}

/** A person as the identity provider tells it. */
export interface Person {
  readonly id: string
  /** Every group, the outer ones too. */
  readonly groups: readonly string[]
  readonly onCall: boolean
}
