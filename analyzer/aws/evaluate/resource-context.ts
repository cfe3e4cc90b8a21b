import { parseArn } from '../model/arn.ts'
import type { ContextLookup, ContextValue } from '../policy/context.ts'
import { UNKNOWN } from '../policy/context.ts'
import { isPattern } from './arn-pattern.ts'
import type { Estate } from './estate.ts'
import { hidesOwner, ignoresTags, isOwnerKey, RESOURCE_TAG } from './resource-keys.ts'
import type { ResourceSide } from './resource-side.ts'

/** What requests have for keys that are about their resource; all other keys are unknown. `action` is folded. */
export function resourceContext(
  estate: Estate,
  action: string,
  resource: string,
  side: ResourceSide,
): ContextLookup {
  return {
    value(key) {
      if (isOwnerKey(key)) {
        return hidesOwner(action) ? UNKNOWN : ownerValue(estate, key, side, resource)
      }
      const [, service, tag] = RESOURCE_TAG.exec(key) ?? []
      if (service === undefined || tag === undefined || ignoresTags(action)) return UNKNOWN
      return service === 'aws' || service === parseArn(resource)?.service
        ? tagValue(estate, resource, tag)
        : UNKNOWN
    },
  }
}

function ownerValue(estate: Estate, key: string, side: ResourceSide, resource: string): ContextValue {
  const parsed = parseArn(resource)
  const account = estate.state.accounts[side.account]
  // Whose account counts, the access point's or the bucket's, is not documented.
  if (side.owner === 'any' || side.owner === 'unknown' || side.beyond.length > 0) return UNKNOWN
  if (key !== 'aws:resourceorgid') {
    // Requests to other services do not have the key of S3.
    if (key === 's3:resourceaccount' && parsed?.service !== 's3') return UNKNOWN
    const id = account?.id ?? parsed?.account ?? ''
    return id === '' ? UNKNOWN : [id]
  }
  if (account?.organization === undefined) return UNKNOWN
  return account.organization === null ? undefined : [account.organization]
}

/**
 * The value of a tag. A resource without it has not the key. Buckets and their objects are left open: their tags count only
 * where the bucket was told to use them. https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function tagValue(estate: Estate, resource: string, tag: string): ContextValue {
  if (isPattern(resource) || parseArn(resource)?.service === 's3') return UNKNOWN
  const tags = estate.tagsOf(resource)
  if (tags === undefined) return UNKNOWN
  const found = tags.filter(([name]) => name.toLowerCase() === tag)
  // Which of two tags that differ in case only the key stands for is not documented.
  return found.length > 1 ? UNKNOWN : found[0] === undefined ? undefined : [found[0][1]]
}
