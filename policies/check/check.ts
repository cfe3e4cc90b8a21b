import type { Offence, PolicyFile } from '../cedar/policy.ts'
import type { Policy } from '../cedar/policy.ts'
import { readPolicies } from '../cedar/read.ts'
import { annotationOffences } from './annotations.ts'
import { breakGlassOffences } from './break-glass.ts'
import { failureOffences } from './may-fail.ts'
import { monotoneOffences } from './monotone.ts'
import { quorumOffences } from './quorums.ts'
import { selfApprovalOffences } from './self-approval.ts'
import { schemaOffences } from './validate.ts'

/** A policy set and everything that is wrong with it. */
export interface Checked {
  readonly policies: readonly Policy[]
  readonly offences: readonly Offence[]
}

/** What is asked of every policy set before it may decide (docs/policies.md), one row each. */
const RULES: readonly ((policies: readonly Policy[]) => readonly Offence[])[] = [
  schemaOffences,
  failureOffences,
  annotationOffences,
  quorumOffences,
  monotoneOffences,
  selfApprovalOffences,
  breakGlassOffences,
]

/** Checks a policy set. All rules are by form and hold for every request there can be; none samples. */
export function checkPolicies(files: readonly PolicyFile[]): Checked {
  const { policies, offences } = readPolicies(files)
  return { policies, offences: [...offences, ...RULES.flatMap((rule) => rule(policies))] }
}
