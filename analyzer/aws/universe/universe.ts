import { PermissionUniverse } from '../../../graph/index.ts'
import table from './actions.json' with { type: 'json' }

/** Folded service prefixes whose resources resource control policies govern. */
const RCP_SERVICES = new Set(table.rcpServices)

let wildcardOnly: ReadonlySet<string> | undefined

/** Every known action as `service:Action`, in the spelling of the Service Authorization Reference. */
export function* knownActions(): Generator<string> {
  for (const [service, names] of Object.entries(table.services)) {
    if (names === '') continue
    for (const name of names.split(' ')) yield `${service}:${name.endsWith('*') ? name.slice(0, -1) : name}`
  }
}

/** The universe of one estate: the known actions, and those that only its policies name. */
export function universeWith(named: Iterable<string>): PermissionUniverse {
  return new PermissionUniverse(chain(knownActions(), named))
}

/** Folded names of the actions that support no resource but `*` (list and account-wide calls). */
export function wildcardOnlyActions(): ReadonlySet<string> {
  if (wildcardOnly !== undefined) return wildcardOnly
  const found = new Set<string>()
  for (const [service, names] of Object.entries(table.services)) {
    for (const name of names.split(' ')) {
      if (name.endsWith('*')) found.add(`${service}:${name.slice(0, -1)}`.toLowerCase())
    }
  }
  wildcardOnly = found
  return found
}

/**
 * Whether resource control policies govern a folded action.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html: `kms:RetireGrant` is exempt.
 */
export function underResourceControl(action: string): boolean {
  return action !== 'kms:retiregrant' && RCP_SERVICES.has(action.slice(0, action.indexOf(':')))
}

function* chain(...parts: readonly Iterable<string>[]): Generator<string> {
  for (const part of parts) yield* part
}
