import fc from 'fast-check'
import type { Json } from '../../graph/index.ts'
import type { Share, World } from './aws-world.ts'

const HERE = '111111111111'
const THERE = '222222222222'
const REGION = 'us-east-1'
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
/** Mostly the first, so that of many things together all may be in order. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: pick(...others) })

/** What is shared: of a type that has no policy of its own, and of one that has. */
export const SUBNET = `arn:aws:ec2:${REGION}:${HERE}:subnet/s`
export const PARAMETER = `arn:aws:ssm:${REGION}:${HERE}:parameter/p`

const SHARED = [
  { arn: SUBNET, type: 'ec2:Subnet' },
  { arn: PARAMETER, type: 'ssm:Parameter' },
]

const principal = fc.record({
  name: pick(
    THERE,
    THERE,
    `arn:aws:iam::${THERE}:role/r2`,
    `arn:aws:iam::${THERE}:user/u1`,
    `arn:aws:iam::${HERE}:role/app/r1`,
    `arn:aws:iam::${HERE}:user/u1`,
    HERE,
    'arn:aws:organizations::333333333333:organization/o-1',
    'arn:aws:organizations::333333333333:organization/o-2',
    'arn:aws:organizations::333333333333:ou/o-1/ou-1',
    'arn:aws:organizations::333333333333:ou/o-1/ou-2',
    'ec2.amazonaws.com',
  ),
  status: mostly('ASSOCIATED', 'ASSOCIATING', 'DISASSOCIATED', 'DISASSOCIATING'),
  external: fc.boolean(),
})
const condition = pick<Json>(
  { StringEquals: { 'aws:PrincipalTag/team': 'data' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${THERE}:role/*` } },
  { Bool: { 'aws:SecureTransport': 'true' } },
)
const template = fc
  .record({
    actions: mostly<string | string[]>(
      ['ssm:Get*', 'ec2:RunInstances'],
      ['ec2:RunInstances', 'ec2:DescribeSubnets'],
      'ec2:*',
      'ssm:GetParameter',
      ['ssm:PutParameter'],
    ),
    condition: fc.option(condition, { freq: 3, nil: undefined }),
  })
  .map(({ actions, condition: made }) => ({
    Effect: 'Allow' as const,
    Action: actions,
    ...(made === undefined ? {} : { Condition: made }),
  }))

const share = (name: string): fc.Arbitrary<Share> =>
  fc
    .record({
      status: mostly('ACTIVE', 'DELETING', 'DELETED'),
      principals: fc.uniqueArray(principal, { minLength: 1, maxLength: 3, selector: (one) => one.name }),
      resources: fc.subarray(SHARED, { minLength: 1 }),
      association: mostly('ASSOCIATED', 'ASSOCIATING', 'DISASSOCIATED'),
      available: mostly('AVAILABLE', 'PENDING'),
      subnet: fc.option(template, { freq: 4, nil: undefined }),
      parameter: fc.option(template, { freq: 4, nil: undefined }),
      uses: pick('both', 'both', 'both', 'one'),
    })
    .map((made) => {
      const permission = (type: string, given: typeof made.subnet) => ({
        arn: `arn:aws:ram:${REGION}:${HERE}:permission/${name}-${type.slice(0, 3)}`,
        type,
        ...(given === undefined ? {} : { template: given }),
      })
      const parameter = made.uses === 'both' ? [permission('ssm:parameter', made.parameter)] : []
      return {
        arn: `arn:aws:ram:${REGION}:${HERE}:resource-share/${name}`,
        status: made.status,
        principals: made.principals,
        resources: made.resources.map((each) => ({
          ...each,
          association: made.association,
          status: made.available,
        })),
        permissions: [permission('ec2:Subnet', made.subnet), ...parameter],
      }
    })

/** Up to two shares of the account `HERE`. */
export const shares: fc.Arbitrary<World['accounts'][number]['shares']> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant('refused' as const) },
  { weight: 3, arbitrary: share('one').map((one) => [one]) },
  { weight: 2, arbitrary: fc.tuple(share('one'), share('two')) },
)

/** What the calls of Resource Access Manager answer. */
export function shareAnswers(
  told: World['accounts'][number]['shares'],
): readonly (readonly [call: string, parameters: Json, response: Json])[] {
  if (told === undefined) return []
  const all = told === 'refused' ? [] : told
  const associations = (associationType: string, list: (one: Share) => Json[]) =>
    [
      'ram:GetResourceShareAssociations',
      { associationType },
      { resourceShareAssociations: all.flatMap(list) },
    ] as const
  const listed = [
    'ram:GetResourceShares',
    { resourceOwner: 'SELF' },
    { resourceShares: all.map(({ arn, status }) => ({ resourceShareArn: arn, status, name: 'n' })) },
  ] as const
  if (told === 'refused') return [listed]
  return [
    listed,
    associations('PRINCIPAL', (one) =>
      one.principals.map(({ name, status, external }) => ({
        resourceShareArn: one.arn,
        associatedEntity: name,
        associationType: 'PRINCIPAL',
        status,
        external,
      })),
    ),
    associations('RESOURCE', (one) =>
      one.resources.map(({ arn, association }) => ({
        resourceShareArn: one.arn,
        associatedEntity: arn,
        associationType: 'RESOURCE',
        status: association,
      })),
    ),
    [
      'ram:ListResources',
      { resourceOwner: 'SELF' },
      {
        resources: all.flatMap((one) =>
          one.resources.map(({ arn, type, status }) => ({ arn, type, status, resourceShareArn: one.arn })),
        ),
      },
    ],
    [
      'ram:ListPermissionAssociations',
      {},
      {
        permissions: all.flatMap((one) =>
          one.permissions.map(({ arn, type }) => ({
            arn,
            permissionVersion: '1',
            resourceType: type,
            resourceShareArn: one.arn,
          })),
        ),
      },
    ],
    ...all.flatMap((one) =>
      one.permissions.flatMap(({ arn, type, template: given }) =>
        given === undefined
          ? []
          : [
              [
                'ram:GetPermission',
                { permissionArn: arn, permissionVersion: 1 },
                {
                  permission: {
                    arn,
                    version: '1',
                    name: 'p',
                    resourceType: type,
                    permission: JSON.stringify(given),
                  },
                },
              ] as const,
            ],
      ),
    ),
  ]
}
