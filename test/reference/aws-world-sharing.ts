import fc from 'fast-check'
import type { World } from './aws-world.ts'
import { PARAMETER, shares, SUBNET } from './aws-world-shares.ts'
import { worlds } from './aws-worlds.ts'

/** Requests about what is shared, and about a neighbour of it that is not. */
export const SHARE_REQUESTS: readonly (readonly [action: string, resource: string])[] = [
  ['ec2:RunInstances', SUBNET],
  ['ec2:DescribeSubnets', SUBNET],
  ['ec2:RunInstances', `${SUBNET}2`],
  ['ssm:GetParameter', PARAMETER],
]

type Account = World['accounts'][number]
type Principal = Account['gaad']['UserDetailList'][number]

const LETS = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['ec2:*', 'ssm:*'], Resource: '*' },
}

/** A principal that its account lets do everything about what is shared, and whose policies are all there. */
function generous(one: Principal): Principal {
  const list = one.UserName === undefined ? 'RolePolicyList' : 'UserPolicyList'
  const { PermissionsBoundary: limit, ...rest } = one
  return {
    ...rest,
    ...(limit?.PermissionsBoundaryArn.includes('Not') === false ? { PermissionsBoundary: limit } : {}),
    AttachedManagedPolicies: one.AttachedManagedPolicies.filter(
      ({ PolicyArn }) => !PolicyArn.includes('Not'),
    ),
    GroupList: (one.GroupList ?? []).filter((name) => name !== 'gone'),
    [list]: [...(one[list] ?? []), { PolicyName: 'lets', PolicyDocument: LETS }],
  }
}

/** Estates in which little but the shares decides: the usual ones hide them behind everything else that may be missing. */
export const sharingWorlds: fc.Arbitrary<World> = fc
  .record({
    world: worlds,
    shares,
    isAlone: fc.integer({ min: 0, max: 2 }).map((n) => n > 0),
    hasPolicies: fc.boolean(),
  })
  .map(({ world, shares: told, isAlone, hasPolicies }): World => {
    const accounts = world.accounts.map((account, i): Account => {
      const { gaad } = account
      const open = {
        ...gaad,
        UserDetailList: gaad.UserDetailList.map(generous),
        RoleDetailList: gaad.RoleDetailList.map(generous),
      }
      const rows = hasPolicies ? { resources: account.resources ?? [] } : {}
      return { ...account, ...rows, gaad: open, ...(i === 0 && told !== undefined ? { shares: told } : {}) }
    })
    return { ...world, accounts, ...(isAlone ? { organization: null } : {}) }
  })
