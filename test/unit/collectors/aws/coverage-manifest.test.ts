import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importing } from '../importing.ts'

const FILE = join(import.meta.dirname, '../../../golden/import/aws/collected-coverage.jsonl')

test('a refused call is one gap that names account, regions, call, code and permission', async () => {
  const { gaps } = await importing([{ origin: 'coverage.jsonl', bytes: readFileSync(FILE) }])
  const refused = gaps.filter(({ kind }) => kind === 'refused')
  expect(refused.map(({ scope, what }) => [scope, what])).toEqual([
    ['111122223333', 'resource-policies'],
    ['111122224444', 'account'],
  ])
  expect(refused[0]?.consequence).toContain(
    'sqs:ListQueues failed with AccessDenied for account 111122223333 in eu-central-1, us-east-1',
  )
  expect(refused[0]?.remedy).toContain('allow sqs:ListQueues to the role in account 111122223333')
})

test('two calls that were refused stay two gaps; what nobody asked is said once', async () => {
  const row = (call: string) =>
    JSON.stringify({
      collected: 'aws',
      account: '111122223333',
      call,
      region: 'us-east-1',
      refused: { AccessDenied: 1 },
    })
  const text = [row('kms:ListKeys'), row('sns:ListTopics')].join('\n')
  const { gaps } = await importing([{ origin: 'coverage.jsonl', bytes: Buffer.from(text) }])
  const policies = gaps.filter(({ what }) => what === 'resource-policies')
  expect(policies.map(({ kind, consequence }) => [kind, /\w+:List\w+/.exec(consequence)?.[0]])).toEqual([
    ['refused', 'kms:ListKeys'],
    ['refused', 'sns:ListTopics'],
  ])
})
