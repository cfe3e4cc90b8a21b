import { PermissionUniverse } from '../../../graph/index.ts'
import { entry } from '../../multimap.ts'
import table from './actions.json' with { type: 'json' }

/** Folded service prefixes whose resources resource control policies govern. */
const RCP_SERVICES = new Set(table.rcpServices)

const NAMES = new Map<string, string>(Object.entries(table.services))
const NONE: ReadonlySet<string> = new Set()
const wildcardOnly = new Map<string, ReadonlySet<string>>()

/** Every known action as `service:Action`, in the spelling of the Service Authorization Reference. */
export function* knownActions(): Generator<string> {
  for (const [service, names] of NAMES) {
    if (names === '') continue
    for (const name of names.split(' ')) yield `${service}:${name.endsWith('*') ? name.slice(0, -1) : name}`
  }
}

/** The universe of one estate: the known actions, and those that only its policies name. */
export function universeWith(named: Iterable<string>): PermissionUniverse {
  return new PermissionUniverse(chain(knownActions(), named))
}

/** Whether a folded action supports no resource but `*` (list and account-wide calls). */
export function isWildcardOnly(action: string): boolean {
  const colon = action.indexOf(':')
  return wildcardOnlyOf(action.slice(0, colon)).has(action.slice(colon + 1))
}

/** Most questions are about the actions of few services. */
function wildcardOnlyOf(service: string): ReadonlySet<string> {
  const names = NAMES.get(service)
  if (names === undefined) return NONE
  return entry(wildcardOnly, service, () => {
    const folded = names.toLowerCase().split(' ')
    return new Set(folded.flatMap((name) => (name.endsWith('*') ? [name.slice(0, -1)] : [])))
  })
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
