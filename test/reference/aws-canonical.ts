/**
 * S3 User Guide, "Principals": a bucket policy may name an account by "an obfuscated form of the AWS account ID", and "both of these
 * IDs identify the same account". Origin access identities of CloudFront have such ids, too, and are no account.
 */
import { any, list, type Named, type Word } from './aws-matching.ts'
import type { World } from './aws-world.ts'

export function namesByCanonicalId(world: World, element: Named | undefined, caller: string): Word {
  if (element === undefined || typeof element === 'string') return 'no'
  return any(
    'no',
    ...list(element.CanonicalUser).map((id): Word => {
      const account = world.accounts.find(({ canonical }) => canonical === id)
      if (account !== undefined) return account.id === caller ? 'yes' : 'no'
      // Nobody said whose it is: not the caller's, if that has another one.
      return world.accounts.some((a) => a.id === caller && a.canonical !== undefined) ? 'no' : 'unknown'
    }),
  )
}
