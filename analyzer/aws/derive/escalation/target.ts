import type { Derivation, NodeId } from '../../../../graph/index.ts'

/** One whose rights can be taken, as far as the state that a technique needs allows it. */
export interface Target {
  /** The node whose rights are taken. */
  readonly id: NodeId
  /** Native id of that node. */
  readonly arn: string
  readonly name: string
  /** Index of the principal; -1: a group, or a node that stands for many. */
  readonly principal: number
  /** The resource that runs with the role. */
  readonly resource?: string
  /** The resource is not known: any of this pattern. */
  readonly resources?: string
  /** What must hold besides the permissions, in words. */
  readonly conditions: readonly string[]
  /** What was not imported, in words: it could make the technique impossible. */
  readonly missing: readonly string[]
  /** The service that a passed role is passed to. */
  readonly service?: string
  /** Why the target is as it must be; may be empty. */
  readonly because: readonly Derivation[]
  /** Where the target itself was seen. */
  readonly record: Derivation
}
