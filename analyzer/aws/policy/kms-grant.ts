import type { Caller } from './caller.ts'
import type { ContextLookup } from './context.ts'
import { UNKNOWN } from './context.ts'
import type { Formula } from './formula.ts'
import { and, fact, requestFact } from './formula.ts'
import type { PrincipalElement } from './principal.ts'
import { isEqual } from './key-atoms.ts'
import { isNamed, naming } from './principal.ts'

/**
 * A grant on a KMS key, as `ListGrants` tells it: who may do which operations, under which encryption context.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
export interface KmsGrant {
  readonly name: string
  readonly grantee: PrincipalElement
  readonly retiring: PrincipalElement | undefined
  /** Folded actions: `kms:decrypt`. */
  readonly actions: ReadonlySet<string>
  readonly constraint: {
    readonly kind: 'equals' | 'subset'
    readonly pairs: readonly (readonly [string, string])[]
  }
}

/** What of a request a grant is asked about. */
interface GrantUse {
  readonly caller: Caller
  readonly foldedAction: string
  readonly context: ContextLookup
}

const PREFIX = 'kms:encryptioncontext:'
const UNCONSTRAINED = new Set(['kms:describekey', 'kms:retiregrant'])

/** Whether a grant allows a request. */
export function grantAllows(grant: KmsGrant, request: GrantUse): Formula {
  const { caller, foldedAction } = request
  if (foldedAction === 'kms:retiregrant' && grant.retiring !== undefined) {
    const retires = isNamed(naming(grant.retiring, caller))
    if (retires !== false) return retires
  }
  if (!grant.actions.has(foldedAction)) return false
  const named = isNamed(naming(grant.grantee, caller))
  if (named === false || grant.constraint.pairs.length === 0 || UNCONSTRAINED.has(foldedAction)) return named
  if (foldedAction === 'kms:creategrant')
    return and(named, fact('whether the grant to be created is as strict'))
  return and(named, contextMatches(grant, request))
}

/** Keys of a constraint fold case, values do not. `equals` lets no other pair in. */
function contextMatches({ constraint }: KmsGrant, { context }: GrantUse): Formula {
  let holds: Formula = true
  for (const [key, wanted] of constraint.pairs) {
    const value = context.value(PREFIX + key.toLowerCase())
    if (value === UNKNOWN) {
      holds = and(
        holds,
        isEqual({ key: PREFIX + key.toLowerCase(), spelledKey: `kms:EncryptionContext:${key}` }, wanted),
      )
    } else if (value?.length !== 1 || value[0] !== wanted) return false
  }
  if (constraint.kind === 'subset') return holds
  const keys = context.value('kms:encryptioncontextkeys')
  if (keys === UNKNOWN)
    return and(holds, requestFact('pairs|none', 'the encryption context', 'exactly that of the grant'))
  const allowed = new Set(constraint.pairs.map(([key]) => key.toLowerCase()))
  return keys?.some((key) => !allowed.has(key.toLowerCase())) === true ? false : holds
}
