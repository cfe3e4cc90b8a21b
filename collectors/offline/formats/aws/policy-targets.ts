import { listing } from '../../listing.ts'
import { record, text } from '../../record-shape.ts'
import { wrapped } from './wrapped.ts'

/** `aws organizations list-targets-for-policy`, wrapped: the answer does not name the policy. */
export const policyTargets = listing({
  kind: 'aws.policy-targets',
  cloud: 'aws',
  noun: ['target of a control policy', 'targets of control policies'],
  what: 'service-control-policies',
  lists: ['Targets'],
  calls: ['ListTargetsForPolicy', 'list-targets-for-policy'],
  looksLike: (row) => Object.hasOwn(row, 'TargetId'),
  row: record({ TargetId: text, Type: text }, { Arn: text, Name: text }),
  asked: wrapped('the policy of these targets', 'PolicyId'),
})
