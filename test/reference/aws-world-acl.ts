import fc from 'fast-check'
import type { BucketAcl } from './aws-world.ts'

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)

const group = (name: string) => ({ URI: `http://acs.amazonaws.com/groups/${name}` })

/** The list of a bucket whose owner is `here`: grants to it, to the other account, to one of no estate, to groups. */
export const bucketAcl: fc.Arbitrary<BucketAcl> = fc
  .record({
    grants: fc.array(
      fc.record({
        Grantee: pick<{ ID: string } | { URI: string }>(
          { ID: 'here' },
          { ID: 'there' },
          { ID: 'there' },
          { ID: 'elsewhere' },
          group('global/AllUsers'),
          group('global/AuthenticatedUsers'),
          group('s3/LogDelivery'),
        ),
        Permission: pick('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL', 'FULL_CONTROL'),
      }),
      { maxLength: 3 },
    ),
    ownership: pick<BucketAcl['ownership']>(
      undefined,
      null,
      'BucketOwnerEnforced',
      'BucketOwnerPreferred',
      'ObjectWriter',
    ),
  })
  .map(({ grants, ownership }) => ({ Grants: grants, ...(ownership === undefined ? {} : { ownership }) }))
