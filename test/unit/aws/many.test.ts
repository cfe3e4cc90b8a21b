import { expect, it } from 'vitest'
import { analyze } from '../../../analyzer/index.ts'
import type { CaseEstate } from '../../reference/aws-cases.ts'
import { caseSources } from '../../reference/aws-cases.ts'
import { readerOf } from '../../reference/aws-files.ts'

/** Six accounts with a role that everybody is trusted to assume, and callers who may assume whatever trusts them. */
const ACCOUNTS = Array.from({ length: 6 }, (_, i) => String(111111111111 + i))
const anyone = [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }]
const assume = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }]
const read = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]
const users = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`u${i}`, { policies: assume }]))
const estate: CaseEstate = {
  organization: null,
  accounts: Object.fromEntries(
    ACCOUNTS.map((id) => [
      id,
      {
        users,
        roles: { readonly: { trust: anyone, policies: read } },
        resources: { [`arn:aws:s3:::pay-${id}`]: [] },
      },
    ]),
  ),
}

it('what stands for many is in the paths, and neither counted nor ranked', async () => {
  const { nodes, edges, summary, risks } = await analyze(readerOf(caseSources(estate)), {
    jewels: ['*pay-*'],
  })
  const principals = nodes.filter((node) => node.kind === 'principal')
  const many = principals.filter((node) => node.many === true)
  expect(many.map(({ name }) => name)).toContain('readonly in 6 accounts')
  expect(many.some(({ name }) => name.startsWith('any role that trusts'))).toBe(true)
  expect(edges.some(({ to }) => many.some(({ id }) => id === to))).toBe(true)
  expect(summary.principals).toBe(principals.length - many.length)
  expect(risks.length).toBeGreaterThan(10)
  expect(risks.filter(({ node }) => many.some(({ id }) => id === node))).toEqual([])
})
