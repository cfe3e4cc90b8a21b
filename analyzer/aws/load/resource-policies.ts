import type { SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownString } from '../../../graph/index.ts'
import { accountIn, isAccountId, parseArn } from '../model/arn.ts'
import { rawTags } from '../raw.ts'
import type { Draft } from './draft.ts'

/** Reads rows of `{arn, type, policy}`, with `account`, `name` and `tags` when the exporter knew them (docs/import.md). */
export function readResourcePolicies(draft: Draft, source: SourceRows): void {
  const scope = source.source.scope
  if (scope !== undefined && isAccountId(scope)) draft.account(scope).resourcePolicies = true
  for (const row of source.rows()) {
    if (!isObject(row.value)) continue
    const arn = ownString(row.value, 'arn')
    if (arn === undefined) continue
    const resource = draft.resource(arn, row.at)
    const told = ownString(row.value, 'account') ?? accountIn(arn) ?? scope
    if (told !== undefined && isAccountId(told)) {
      resource.account = told
      draft.account(told).resourcePolicies = true
    }
    const name = ownString(row.value, 'name')
    if (name !== undefined) resource.name = name
    const tags = rawTags(own(row.value, 'tags'))
    if (tags.length > 0) resource.tags = tags
    if (own(row.value, 'tags') !== undefined) resource.isTagged = true
    const use = draft.tables.use(own(row.value, 'policy'), `resource policy of ${name ?? arn}`, {
      source: row.at.source,
      pointer: `${row.at.pointer}/policy`,
    })
    if (use !== undefined) resource.policy = use
    countUnevaluated(draft, arn)
  }
}

function countUnevaluated(draft: Draft, arn: string): void {
  const parsed = parseArn(arn)
  if (parsed?.service === 'ec2' && parsed.resource.startsWith('vpc-endpoint/')) {
    draft.countNotEvaluated('vpc-endpoint-policy', 'policies of VPC endpoints')
  }
}
