import fc from 'fast-check'
import type { Grant } from './aws-world.ts'

const HERE = '111111111111'
const THERE = '222222222222'
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)

/** The key that has grants. */
export const KEY = 'arn:aws:kms:us-east-1:111111111111:key/k'
const grantees = pick(
  `arn:aws:iam::${HERE}:user/u1`,
  `arn:aws:iam::${HERE}:role/app/r1`,
  `arn:aws:iam::${THERE}:role/r2`,
  `arn:aws:iam::${THERE}:user/u1`,
  `arn:aws:iam::${HERE}:root`,
  THERE,
  `arn:aws:sts::${HERE}:assumed-role/r2/job`,
  'AROAr2',
  'ec2.us-east-1.amazonaws.com',
)
/** A grant to somebody, or to something that is no user or role. */
export const grant: fc.Arbitrary<Grant> = fc
  .record({
    who: grantees,
    retiring: fc.option(grantees, { nil: undefined }),
    operations: fc.subarray(['Decrypt', 'DescribeKey', 'CreateGrant', 'RetireGrant'], { minLength: 1 }),
    constraints: pick(
      undefined,
      undefined,
      { EncryptionContextEquals: { app: 'x' } },
      { EncryptionContextSubset: { App: 'y', stage: 'p' } },
    ),
  })
  .map(({ who, retiring, operations, constraints }) => ({
    KeyId: KEY,
    GranteePrincipal: who,
    ...(retiring === undefined ? {} : { RetiringPrincipal: retiring }),
    Operations: operations,
    ...(constraints === undefined ? {} : { Constraints: constraints }),
  }))
