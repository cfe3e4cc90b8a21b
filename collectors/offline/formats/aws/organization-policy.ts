import { isObject, type JsonObject, ownObject, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { flag, type Mismatch, record, text } from '../../record-shape.ts'
import { parseEmbedded, policyDocument } from './policy-document.ts'

const summary = record(
  { Id: text, Type: text },
  { Arn: text, Name: text, Description: text, AwsManaged: flag },
)
const described = record({ PolicySummary: summary, Content: text })

/** `aws organizations describe-policy`, of any policy type; only control policies are IAM policy documents. */
export const organizationPolicy = listing({
  kind: 'aws.organization-policy',
  cloud: 'aws',
  noun: ['control policy', 'control policies'],
  what: 'service-control-policies',
  lists: [],
  one: 'Policy',
  calls: ['organizations:DescribePolicy', 'describe-policy'],
  looksLike: (row) => Object.hasOwn(row, 'PolicySummary'),
  row: (value) => described(value) ?? (isObject(value) ? wrongContent(value) : undefined),
  id: (row) => textOf(row, 'Id'),
  holds: (rows, count) => {
    const names = [...rows].map((row) => textOf(row, 'Name') ?? textOf(row, 'Id') ?? '')
    return count > 3 ? `${count} control policies` : `control policy ${names.join(', ')}`
  },
  mentions: (rows) => [...new Set([...rows].map((row) => `policy-type:${textOf(row, 'Type') ?? ''}`))],
})

function wrongContent(row: JsonObject): Mismatch | undefined {
  const content = ownString(row, 'Content') ?? ''
  const isControl = /^(?:SERVICE|RESOURCE)_CONTROL_POLICY$/.test(textOf(row, 'Type') ?? '')
  if (!isControl && parseEmbedded(content) !== undefined) return undefined
  const mismatch = policyDocument(content)
  return mismatch === undefined ? undefined : { ...mismatch, pointer: '/Content' }
}

function textOf(row: JsonObject, key: string): string | undefined {
  const found = ownObject(row, 'PolicySummary')
  return found === undefined ? undefined : ownString(found, key)
}
