import type { Caller } from '../policy/caller.ts'
import type { ContextLookup, ContextValue } from '../policy/context.ts'

/** Tags by folded key. */
export type Tags = ReadonlyMap<string, string>

const PRINCIPAL_TAG = 'aws:principaltag/'
const RESOURCE_TAG = 'aws:resourcetag/'

/**
 * The context of a line: the keys that it names, then those that follow from its principal and resource; no other key is
 * in the request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, and for the keys
 * of principals the table at https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export class LineContext implements ContextLookup {
  private readonly given: ReadonlyMap<string, ContextValue>
  private readonly caller: Caller
  private readonly callerTags: Tags
  private readonly owner: string
  private readonly resourceTags: Tags

  constructor(
    given: ReadonlyMap<string, ContextValue>,
    caller: Caller,
    callerTags: Tags,
    owner: string,
    resourceTags: Tags,
  ) {
    this.given = given
    this.caller = caller
    this.callerTags = callerTags
    this.owner = owner
    this.resourceTags = resourceTags
  }

  value(key: string): ContextValue {
    const given = this.given.get(key)
    if (given !== undefined) return given
    if (!key.startsWith('aws:')) return undefined
    const derived = this.derived(key)
    return derived === undefined ? undefined : [derived]
  }

  private derived(key: string): string | undefined {
    const { caller } = this
    const signed = caller.type !== 'anonymous'
    switch (key) {
      case 'aws:principalarn':
        if (!signed || caller.type === 'service') return undefined
        return caller.roleArn === '' ? caller.arn : caller.roleArn
      case 'aws:principalaccount':
        // "For anonymous requests, the request context returns anonymous."
        if (!signed) return 'anonymous'
        return caller.account === '' ? undefined : caller.account
      case 'aws:principaltype':
        return PRINCIPAL_TYPES[caller.type]
      case 'aws:principalisawsservice':
        return signed ? String(caller.type === 'service') : undefined
      case 'aws:principalservicename':
      case 'aws:principalservicenameslist':
        return caller.type === 'service' ? caller.arn : undefined
      case 'aws:username':
        return caller.type === 'user' ? caller.name : undefined
      case 'aws:userid':
        if (caller.type === 'root') return caller.account
        return caller.type === 'federated-user' ? `${caller.account}:${caller.name}` : undefined
      case 'aws:resourceaccount':
        return this.owner === '' ? undefined : this.owner
      default:
        if (key.startsWith(PRINCIPAL_TAG)) return this.callerTags.get(key.slice(PRINCIPAL_TAG.length))
        if (key.startsWith(RESOURCE_TAG)) return this.resourceTags.get(key.slice(RESOURCE_TAG.length))
        return undefined
    }
  }
}

const PRINCIPAL_TYPES: Readonly<Record<Caller['type'], string | undefined>> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  session: 'AssumedRole',
  'federated-user': 'FederatedUser',
  service: undefined,
  anonymous: 'Anonymous',
}
