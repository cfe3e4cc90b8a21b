import { type JsonObject, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { flag, record, text } from '../../record-shape.ts'
import { wrapped } from './wrapped.ts'

const row = record({ Id: text, Type: text }, { Arn: text, Name: text, AwsManaged: flag })

/** `aws organizations list-policies`; `list-policies-for-target` looks the same when it is not wrapped. */
export const organizationPolicies = listing({
  kind: 'aws.organization-policies',
  cloud: 'aws',
  noun: ['control policy', 'control policies'],
  what: 'service-control-policies',
  lists: ['Policies'],
  calls: ['organizations:ListPolicies', 'organizations list-policies'],
  looksLike: (found) =>
    /_POLICY(?:_\w+)?$/.test(ownString(found, 'Type') ?? '') && Object.hasOwn(found, 'AwsManaged'),
  row,
  id: (found) => ownString(found, 'Id'),
  mentions: policyTypes,
})

/** `aws organizations list-policies-for-target`, wrapped. */
export const policiesForTarget = listing({
  kind: 'aws.policies-for-target',
  cloud: 'aws',
  noun: ['control policy of a target', 'control policies of targets'],
  what: 'service-control-policies',
  lists: ['Policies'],
  calls: ['ListPoliciesForTarget', 'list-policies-for-target'],
  looksLike: () => false,
  row,
  asked: wrapped('the target of these policies', 'TargetId'),
  mentions: policyTypes,
})

function policyTypes(rows: Iterable<JsonObject>): readonly string[] {
  return [...new Set([...rows].map((found) => `policy-type:${ownString(found, 'Type') ?? ''}`))]
}
