/**
 * S3 User Guide, "Access control list (ACL) overview": what the access control list of a bucket says to a caller of another
 * account, written from the guide's tables.
 */
import { all, any, type Word } from './aws-matching.ts'
import type { World } from './aws-world.ts'

/** The table "Mapping of ACL permissions and access policy permissions", for buckets. */
const BUCKET = {
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
}
const OBJECT = { WRITE: ['s3:putobject'] }

const EVERYBODY = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
]

export function saidByAcl(
  world: World,
  owner: string | undefined,
  caller: string,
  action: string,
  resource: string,
  strict: boolean,
): Word {
  if (!resource.startsWith('arn:aws:s3:::')) return 'no'
  const [bucket = '', ...key] = resource.slice('arn:aws:s3:::'.length).split('/')
  const of = world.accounts.find(({ id }) => id === owner)
  const acl = of?.acls?.[bucket]
  // "With the Bucket owner enforced setting … ACLs no longer affect permissions."
  if (of === undefined || acl === undefined || acl.ownership === 'BucketOwnerEnforced') return 'no'
  const grants = acl.Grants ?? []
  const isPublic = (uri: string) => EVERYBODY.includes(uri)
  const isPublicAcl = grants.some(({ Grantee }) => 'URI' in Grantee && isPublic(Grantee.URI))
  const settings = [of.ignoreAcls?.account, of.ignoreAcls?.buckets?.[bucket]]
  const ignored = settings.includes(true) ? 'yes' : settings.includes(undefined) ? 'unknown' : 'no'
  const words = grants.map(({ Grantee, Permission }): Word => {
    const table: Readonly<Record<string, readonly string[]>> = key.length > 0 ? OBJECT : BUCKET
    const permits = Permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[Permission] ?? [])
    if (!permits.includes(action)) return 'no'
    if ('URI' in Grantee) {
      if (!isPublic(Grantee.URI) || ignored === 'yes') return 'no'
      return ignored === 'no' ? 'yes' : 'unknown'
    }
    const id = world.accounts.find((account) => account.id === caller)?.canonical
    const isMeant: Word =
      id === Grantee.ID ? 'yes' : id === undefined && !named(world, Grantee.ID) ? 'unknown' : 'no'
    // Whether the other grants of a public list are ignored with it, the guide does not say.
    return all(isMeant, isPublicAcl && ignored !== 'no' ? 'unknown' : 'yes')
  })
  const said = any('no', ...words)
  return said === 'unknown' && !strict ? 'no' : said
}

const named = (world: World, id: string) => world.accounts.some(({ canonical }) => canonical === id)
