import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  universeWith,
  underResourceControl,
  isWildcardOnly,
} from '../../../analyzer/aws/universe/universe.ts'
import { actionsAbout } from '../../../analyzer/aws/universe/resource-types.ts'
import { RESOURCES, resourcesFromPackage, TABLE, tableFromPackage } from '../../generate/aws-actions.ts'

describe('the table of AWS actions', () => {
  it('is the one that the installed package gives (node test/generate/aws-actions.ts writes it)', async () => {
    expect(JSON.parse(readFileSync(TABLE, 'utf8'))).toEqual(await tableFromPackage())
  })

  it('so is the table of what they can be about', async () => {
    expect(JSON.parse(readFileSync(RESOURCES, 'utf8'))).toEqual(await resourcesFromPackage())
  })

  it('knows actions in their own spelling, which take no resource, and which resource control policies govern', () => {
    const universe = universeWith(['made:Up'])
    expect(universe.names[universe.indexOf('S3:getobject') ?? -1]).toBe('s3:GetObject')
    expect(universe.indexOf('made:up')).toBeDefined()
    expect(isWildcardOnly('s3:listallmybuckets')).toBe(true)
    expect(isWildcardOnly('s3:getobject')).toBe(false)
    expect([underResourceControl('s3:getobject'), underResourceControl('kms:retiregrant')]).toEqual([
      true,
      false,
    ])
    expect(underResourceControl('ec2:runinstances')).toBe(false)
  })
})

/** Resources, actions that can be about them and actions that cannot, by the Service Authorization Reference. */
const ABOUT: readonly (readonly [resource: string, can: string, cannot: string])[] = [
  [
    'arn:aws:s3:::logs',
    's3:ListBucket s3:DeleteBucket s3:GetBucketPolicy',
    's3:GetObject s3:ListAllMyBuckets ec2:RunInstances iam:PassRole',
  ],
  ['arn:aws:s3:::logs/2026/11.gz', 's3:GetObject s3:PutObjectAcl', 's3:ListBucket s3:DeleteBucket'],
  ['arn:aws-us-gov:s3:::logs', 's3:ListBucket', 's3:GetObject'],
  [
    'arn:aws:iam::111111111111:role/team/deploy',
    'iam:PassRole iam:DeleteRole sts:AssumeRole',
    'iam:DeleteUser iam:ListRoles s3:GetObject sts:GetCallerIdentity',
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111111111111:table/t/index/i',
    'dynamodb:Query dynamodb:Scan',
    'dynamodb:PutItem dynamodb:DeleteTable',
  ],
  [
    'arn:aws:lambda:eu-west-1:111111111111:function:f:live',
    'lambda:InvokeFunction lambda:GetFunction',
    'lambda:ListFunctions s3:GetObject',
  ],
  ['arn:aws:kms:eu-west-1:111111111111:key/k', 'kms:Decrypt', 'kms:ListKeys kms:DeleteAlias2'],
]

describe('which actions can be about a resource', () => {
  it.each(ABOUT)('%s', (resource, can, cannot) => {
    const found = new Set(actionsAbout(resource))
    expect(can.split(' ').filter((action) => !found.has(action))).toEqual([])
    expect(cannot.split(' ').filter((action) => found.has(action))).toEqual([])
  })

  it.each(['*', 'arn:aws:s3:::logs*', 'arn:aws:s3:::log?', 'arn:aws:madeup:::x', 'x'])(
    '%s: not known, so that nothing is left out',
    (resource) => {
      expect(actionsAbout(resource)).toBeUndefined()
    },
  )
})
