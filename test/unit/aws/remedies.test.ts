import { expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { caseSources } from '../../reference/aws-cases.ts'
import { readerOf } from '../../reference/aws-files.ts'

/** The conditions that the remedy of an open resource policy leaves it with. */
async function remedied(condition: Record<string, Record<string, string>>): Promise<unknown> {
  const arn = 'arn:aws:lambda:eu-west-1:111111111111:function:f'
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:InvokeFunctionUrl',
    Resource: arn,
    Condition: condition,
  }
  const accounts = { '111111111111': { resources: { [arn]: [statement] } } }
  const loaded = await awsAnalyzer.load(readerOf(caseSources({ accounts, organization: null })))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  const [fact] = awsAnalyzer.derive(engine, loaded, []).facts
  const after = fact?.remedy.text
    .split('\n')
    .slice(3)
    .filter((line) => !line.startsWith('-'))
    .map((line) => line.slice(1))
  return (JSON.parse(after?.join('\n') ?? '{}') as { Condition?: unknown }).Condition
}

it('a remedy adds to the conditions that are there', async () => {
  expect(
    await remedied({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, Bool: { a: 'true' } }),
  ).toEqual({
    StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalOrgID': 'YOUR-ORGANIZATION' },
    Bool: { a: 'true' },
  })
})

it('a function URL without sign-in is closed by having callers sign, and by the organization', async () => {
  expect(await remedied({ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } })).toEqual({
    StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM', 'aws:PrincipalOrgID': 'YOUR-ORGANIZATION' },
  })
})
