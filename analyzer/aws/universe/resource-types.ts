import { isWild, matches } from '../../../graph/index.ts'
import { entry } from '../../multimap.ts'
import table from './resource-types.json' with { type: 'json' }

/** The resource types of a service, and which of them each of its actions can be about. */
interface Service {
  /** Patterns of their ARNs. */
  readonly arns: readonly string[]
  /** Actions that can be about the same types: the types as indexes of `arns`, and the actions' names. */
  readonly groups: readonly { readonly types: readonly number[]; readonly actions: readonly string[] }[]
  /** The types whose tags requests have as `aws:ResourceTag/…`. */
  readonly tagged: ReadonlySet<number>
}

const TABLE = new Map(Object.entries(table.services))
const NONE: Service = { arns: [], groups: [], tagged: new Set() }
const services = new Map<string, Service>()

/**
 * The actions that can be about a resource, in the spelling of the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/): those of the types that its ARN has the form of,
 * of every service. `undefined` where that is not known: for a pattern, and for a form that no service tells.
 */
export function actionsAbout(resource: string): readonly string[] | undefined {
  if (isWild(resource)) return undefined
  const found: string[] = []
  for (const prefix of TABLE.keys()) {
    const { arns, groups } = serviceOf(prefix)
    const forms = new Set(narrowest(arns, resource))
    if (forms.size === 0) continue
    for (const { types, actions } of groups) {
      if (types.some((type) => forms.has(type))) found.push(...actions.map((name) => `${prefix}:${name}`))
    }
  }
  return found.length === 0 ? undefined : found
}

/** Whether requests about a resource have its tags as `aws:ResourceTag/…`, by the Service Authorization Reference. */
export function carriesTags(resource: string): boolean {
  const own = serviceOf(resource.split(':', 3)[2] ?? '')
  return narrowest(own.arns, resource).some((type) => own.tagged.has(type))
}

/** The forms that a resource has, without those that another one of them continues: an object is no bucket. */
function narrowest(arns: readonly string[], resource: string): readonly number[] {
  const fitting = [...arns.keys()].filter((type) => matches(arns[type] ?? '', resource))
  return fitting.filter(
    (type) => !fitting.some((other) => arns[other]?.startsWith(`${arns[type]}/`) === true),
  )
}

/** A service of the table, taken apart when it is first asked for: most questions are about few. */
function serviceOf(prefix: string): Service {
  const row = TABLE.get(prefix)
  if (row === undefined) return NONE
  return entry(services, prefix, () => ({
    arns: row.arns,
    groups: Object.entries(row.actions).map(([types, names]) => ({
      types: types.split(' ').map(Number),
      actions: names.split(' '),
    })),
    tagged: new Set(row.tagged === '' ? [] : row.tagged.split(' ').map(Number)),
  }))
}
