import type { Missing, NodeId } from '../../../../graph/index.ts'
import { nativeId, nodeId } from '../../../../graph/index.ts'
import type { Target } from '../../../grants/escalation/target.ts'
import type { Holder } from '../../../grants/holders.ts'
import type { GroupOf, On, Technique } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import { DirectoryPower } from './directory-power.ts'
import { mayReset, resetsEverybody } from './reset-rules.ts'

type Asked = Target<On>

/** What each technique of the directory is asked about: objects that can do something, those alike together. */
export class DirectoryTargets {
  private readonly context: Context
  private readonly power: DirectoryPower
  private readonly granted: ReadonlySet<string>
  private readonly known = new Map<string, readonly Asked[]>()

  constructor(context: Context) {
    this.context = context
    this.power = new DirectoryPower(context.state, context.model)
    this.granted = new Set(context.state.assignments.map(({ scope }) => scope))
  }

  of({ whom }: Technique): readonly Asked[] {
    const key = 'of' in whom ? `${whom.kind} ${whom.of}` : whom.kind
    let known = this.known.get(key)
    if (known === undefined) {
      known = this.found(whom)
      this.known.set(key, known)
    }
    return known
  }

  private found(whom: Technique['whom']): readonly Asked[] {
    switch (whom.kind) {
      case 'directory':
        return [this.directory()]
      case 'application':
        return this.applications()
      case 'group':
        return this.groups(whom.of)
      case 'user':
        return this.users(whom.of)
      default:
        return []
    }
  }

  private directory(): Asked {
    const { tenant } = this.context
    const directory = nativeId(tenant)
    return { ends: [tenant], name: directory, places: { directory }, above: [], doubts: [] }
  }

  private applications(): readonly Asked[] {
    const { state, nodes } = this.context
    const applicationOf = new Map(
      [...state.identities].flatMap(([app, sps]) => sps.map((sp) => [sp, app] as const)),
    )
    const found = state.principals.flatMap(({ id, kind }, number) => {
      const node = nodes.get(nodeId('azure', id))
      const isOurs = node?.kind === 'principal' && node.external !== true
      if (kind !== 'service-principal' || !isOurs || !this.power.has(number)) return []
      const application = applicationOf.get(id)
      const places = application === undefined ? { whom: id } : { whom: id, application }
      return [{ id, places, like: `${this.own(id)} ${this.own(application)}` }]
    })
    return this.alike(found, 'service principals')
  }

  private groups(of: GroupOf): readonly Asked[] {
    const { state } = this.context
    const found = state.principals.flatMap(({ id, kind }, number) => {
      if (kind !== 'group' || !this.power.has(number)) return []
      const doubts = doubtsOf(of, id, state.groupKinds.get(id))
      if (doubts === undefined) return []
      return [{ id, places: { whom: id }, like: `${this.own(id)} ${doubts.length > 0 ? id : ''}`, doubts }]
    })
    return this.alike(found, 'groups')
  }

  private users(of: 'all' | 'by-role' | 'without-role'): readonly Asked[] {
    const { state, model, nodes } = this.context
    const roleOf = ({ grant }: Holder): string => model.role(grant.role)?.id ?? ''
    const found = state.principals.flatMap(({ id, kind }, number) => {
      const node = nodes.get(nodeId('azure', id))
      // A guest signs in at its own directory.
      const isGuest = node?.kind === 'principal' && node.guest === true
      if (kind !== 'user' || isGuest || !this.power.has(number)) return []
      const places = { whom: id }
      if (of === 'all') return [{ id, places, like: this.own(id) }]
      const { roles, inRoleGroup, doubts } = this.power.protection(number)
      const like = [this.own(id), ...[...roles].sort(), inRoleGroup, doubts.map(({ says }) => says)].join(' ')
      if (of === 'without-role') return roles.size > 0 || inRoleGroup ? [] : [{ id, places, like, doubts }]
      const by = (holder: Holder): boolean => mayReset(roleOf(holder), roles, inRoleGroup)
      if (doubts.length === 0) return [{ id, places, like, by }]
      // That somebody might be in a role-assignable group is nothing to those who may reset everybody.
      const few = (holder: Holder): boolean => resetsEverybody(roleOf(holder))
      const others = (holder: Holder): boolean => by(holder) && !few(holder)
      return [
        { id, places, like: `few ${like}`, by: few },
        { id, places, like, by: others, doubts },
      ]
    })
    return this.alike(found, 'users')
  }

  /** Whether roles are assigned on the object itself: then it is like no other. */
  private own(id: string | undefined): string {
    return id !== undefined && this.granted.has(`directory:/${id}`) ? id : ''
  }

  private alike(found: readonly Found[], what: string): readonly Asked[] {
    const { tenant } = this.context
    const above = [nativeId(tenant)]
    const classes = new Map<string, Asked & { readonly ends: NodeId[] }>()
    for (const { id, places, like, doubts = [], by } of found) {
      // With an application or without one: that is a place to ask about, or none.
      const key = `${Object.keys(places).join(' ')} ${like}`
      const known = classes.get(key)
      if (known !== undefined) known.ends.push(nodeId('azure', id))
      else {
        const name = `${what} of the directory that are alike`
        const base = { ends: [nodeId('azure', id)], name, home: nativeId(tenant), places, above, doubts }
        classes.set(key, by === undefined ? base : { ...base, by })
      }
    }
    return [...classes.values()]
  }
}

interface Found {
  readonly id: string
  readonly places: Asked['places']
  /** Those with the same have the same holders of everything. */
  readonly like: string
  readonly doubts?: readonly Missing[]
  readonly by?: (holder: Holder) => boolean
}

/** What is not known of whether a group is of a kind; undefined: it is not. */
function doubtsOf(
  of: GroupOf,
  id: string,
  kind: Context['state']['groupKinds'] extends ReadonlyMap<string, infer K> ? K | undefined : never,
): readonly Missing[] | undefined {
  if (kind?.synced === true) return undefined
  const wanted: readonly (readonly [boolean | null | undefined, boolean, string])[] = [
    [kind?.roleAssignable, of === 'role', 'takes directory roles'],
    ...(of === 'role' ? [] : [[kind?.dynamic, of === 'dynamic', 'has its members by a rule'] as const]),
    ...(of === 'security' ? [[kind?.unified, false, 'is a Microsoft 365 group'] as const] : []),
    ...(of === 'unified' ? [[kind?.unified, true, 'is a Microsoft 365 group'] as const] : []),
  ]
  const isOther = wanted.some(([is, wants]) => is !== null && is !== undefined && is !== wants)
  // Where it is not known at all what it is, that is told once, of the kind that most groups are.
  if (isOther || (kind === undefined && of !== 'assigned')) return undefined
  return wanted.flatMap(([is, , what]) =>
    is === null || is === undefined ? [{ what: 'groups', says: `whether the group ${id} ${what}` }] : [],
  )
}
