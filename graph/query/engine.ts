import type { Answer, Reason, Residual, Decision } from '../model/answer.ts'
import type { NonEmpty } from '../model/brand.ts'
import type { Cloud } from '../model/cloud.ts'
import type { AccessLevel } from '../model/edge.ts'
import type { NotEvaluated } from '../model/gap.ts'
import type { NodeId } from '../model/ids.ts'
import type { PermissionSet } from '../permissions/permission-set.ts'
import type { PermissionUniverse } from '../permissions/universe.ts'

/** Principals that share one answer because they share every layer that decides it. */
export interface WhoCanRow {
  readonly principals: NonEmpty<NodeId>
  /** Never `denied`. */
  readonly answer: Answer
}

/** What a principal may do on some resources. Rows of one principal may overlap; together they are complete. */
export interface Privilege {
  /** Resource patterns or scopes in the cloud's own words (`arn:aws:s3:::logs/*`, an ARM scope with what is below it). */
  readonly resources: NonEmpty<string>
  /** Over the engine's universe. */
  readonly actions: PermissionSet
  /** Actions that policies name but the universe does not know, as they are written. */
  readonly unlisted: readonly string[]
  readonly decision: Exclude<Decision, 'denied'>
  readonly conditions: readonly Residual[]
  readonly because: NonEmpty<Reason>
}

/**
 * One cloud's decision logic over its part of an analysed estate. Pure and synchronous.
 * For all p, a, r: `whoCan(a, r)` holds p exactly when `can(p, a, r)` is not `denied`, with the same decision, and
 * `whatCan(p, r)` holds a exactly when `can(p, a, r)` is not `denied`, with the same decision.
 */
export interface DecisionEngine {
  readonly cloud: Cloud
  readonly universe: PermissionUniverse
  readonly notEvaluated: readonly NotEvaluated[]
  /** Every principal it can answer for, groups included where the cloud binds them, in a stable order. */
  readonly principals: readonly NodeId[]
  /** Whether a text has the form of this cloud's actions (`s3:GetObject`, `storage.objects.get`, `Microsoft.Storage/…/read`). */
  isAction(text: string): boolean
  /** Whether a text has the form of this cloud's resource names, when it is no node. */
  isResource(text: string): boolean
  /** An unknown principal is `NOT_FOUND`. `resource` is native: an ARN, a full resource name, an ARM id. */
  can(principal: NodeId, action: string, resource: string): Answer
  whoCan(action: string, resource: string): readonly WhoCanRow[]
  /** With a resource: exact for it. Without: for each pattern that the principal's own policies name. */
  whatCan(principal: NodeId, resource?: string): readonly Privilege[]
  /**
   * The actions that can be about a resource of this form at all; `undefined` where that is not known, absent where the
   * cloud tells it of none. An answer about another one is about a request that is never made.
   */
  applicable?(resource: string): PermissionSet | undefined
  /** Actions that stand for reaching what a resource of this type holds; empty for an unknown type. */
  accessActions(
    resourceType: string,
  ): readonly { readonly level: AccessLevel; readonly action: string; readonly on: string }[]
}
