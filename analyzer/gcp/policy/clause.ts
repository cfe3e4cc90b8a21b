import type { Reason } from '../../../graph/index.ts'
import type { Formula } from './formula.ts'

/** Kinds of policies, in the order in which they are told. */
export const LAYERS = ['deny policy', 'access policy', 'principal access boundary', 'allow policy'] as const
export type Layer = (typeof LAYERS)[number]

/** One binding or rule that might have a say in a request, and whether it has. */
export interface Clause extends Omit<Reason, 'layer' | 'effect'> {
  readonly layer: Layer
  readonly effect: 'allow' | 'deny'
  readonly formula: Formula
}

/** Whom an identifier of a policy means: `user:…`, `principalSet://goog/group/…`, in either spelling. */
export interface Subject {
  means(identifier: string): Formula
}
