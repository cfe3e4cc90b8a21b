import { describe, expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { jsonSource, readerOf } from '../../reference/aws-files.ts'

/** What the export says of a role's last use, and what the node says. */
const CASES = [
  {
    says: 'a date',
    raw: { RoleLastUsed: { LastUsedDate: '2026-10-01T10:00:00+00:00', Region: 'eu-west-1' } },
    node: { lastUsed: '2026-10-01T10:00:00Z' },
  },
  { says: 'nothing within the tracking period', raw: { RoleLastUsed: {} }, node: { unusedForDays: 400 } },
  { says: 'nothing at all: the export did not ask', raw: {}, node: {} },
  { says: 'something that is no date', raw: { RoleLastUsed: { LastUsedDate: 'yesterday' } }, node: {} },
]

describe('the last use of a role', () => {
  it.each(CASES)('$says', async ({ raw, node }) => {
    const arn = 'arn:aws:iam::111111111111:role/r'
    const role = { Path: '/', RoleName: 'r', RoleId: 'AROAR', Arn: arn, AssumeRolePolicyDocument: {}, ...raw }
    const details = {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [role],
      Policies: [],
    }
    const loaded = await awsAnalyzer.load(
      readerOf([jsonSource('aws.account-authorization-details', details)]),
    )
    const found = loaded.nodes.find(({ name }) => name === 'r')
    expect(found).toMatchObject(node)
    const told = ['lastUsed', 'unusedForDays'].filter((key) => Object.hasOwn(found ?? {}, key))
    expect(told).toEqual(Object.keys(node))
  })
})
