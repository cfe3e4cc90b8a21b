import { describe, expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { excerpt, nodeId, type Json } from '../../../graph/index.ts'
import { jsonSource, readerOf } from '../../reference/aws-files.ts'

const ACCOUNT = '111111111111'
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`
const statement = (Sid: string) => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ana` },
  Action: 'lambda:InvokeFunction',
  Resource: FUNCTION,
})
const policy = {
  Version: '2012-10-17',
  Statement: [{ ...statement('no'), Action: 's3:*' }, statement('yes')],
}
const text = JSON.stringify(policy)
const config = (supplementary: Json): Json => ({
  arn: FUNCTION,
  accountId: ACCOUNT,
  resourceType: 'AWS::Lambda::Function',
  supplementaryConfiguration: { Policy: supplementary },
})

/** Where a resource policy may stand: as it is, as text, URL-encoded, in a row that is text itself, or in two texts. */
const ROWS: readonly { readonly how: string; readonly row: Json }[] = [
  { how: 'an object', row: config(policy) },
  { how: 'text', row: config(text) },
  { how: 'URL-encoded text', row: config(encodeURIComponent(text)) },
  { how: 'text within an object', row: config({ policy: text }) },
  { how: 'text within text', row: config(JSON.stringify({ policy: text })) },
  { how: 'a row that is text', row: JSON.stringify(config(text)) },
]

describe('the evidence of a resource policy is its statement', () => {
  it.each(ROWS)('$how', async ({ row }) => {
    const user = { UserName: 'ana', UserId: 'AIDA', Path: '/', Arn: `arn:aws:iam::${ACCOUNT}:user/ana` }
    const details = { UserDetailList: [user], GroupDetailList: [], RoleDetailList: [], Policies: [] }
    const sources = [
      jsonSource('aws.account-authorization-details', details),
      jsonSource('aws.organization', { Organization: null }, { rowsAt: '/Organization', scope: ACCOUNT }),
      jsonSource('aws.config-resources', { Results: [row] }, { rowsAt: '/Results' }),
    ]
    const loaded = await awsAnalyzer.load(readerOf(sources))
    const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
    const answer = engine.can(nodeId('aws', user.Arn), 'lambda:InvokeFunction', FUNCTION)
    expect(answer.decision).toBe('allowed')
    const at = answer.because.find((reason) => reason.says.includes('statement yes'))?.at
    expect(at?.source).toBe(2)
    const bytes = sources[2]?.bytes
    const shown = excerpt(
      typeof bytes === 'function' ? bytes() : (bytes ?? new Uint8Array()),
      'json',
      at?.pointer ?? '',
    )
    expect(JSON.parse(shown ?? 'null')).toEqual(statement('yes'))
  })
})
