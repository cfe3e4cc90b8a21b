import type { NodeId, ResourceNode } from '../../../../graph/index.ts'
import { nativeId, nodeId } from '../../../../graph/index.ts'
import type { Target } from '../../../grants/escalation/target.ts'
import { push } from '../../../multimap.ts'
import { isResourceGroup, pathUp } from '../../scope.ts'
import type { On, Technique } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import { above } from './asked.ts'

/** User-assigned identities with the same grants on them and above them, so with the same holders of everything. */
interface Identities {
  readonly ids: NodeId[]
  readonly resource: string
  readonly group: string
}

const IDENTITY = 'microsoft.managedidentity/userassignedidentities'

/** What each technique of Azure's resources is asked about. */
export class Targets {
  private readonly context: Context
  private readonly jewels: ReadonlySet<NodeId>
  private readonly denied: ReadonlySet<string>
  private readonly byType = new Map<string, ResourceNode[]>()
  private readonly runsAs = new Map<string, NodeId[]>()
  private readonly classes: readonly Identities[]
  private readonly classOf = new Map<NodeId, Identities>()
  private readonly identities: readonly Target<On>[]
  private readonly hostsOf = new Map<string, readonly Target<On>[]>()

  constructor(context: Context, jewels: readonly { readonly resource: NodeId }[]) {
    this.context = context
    this.jewels = new Set(jewels.map(({ resource }) => resource))
    this.denied = new Set(context.state.denies.map(({ scope }) => scope))
    for (const node of context.nodes.values()) {
      if (node.kind === 'resource' && node.cloud === 'azure') push(this.byType, node.type.toLowerCase(), node)
    }
    for (const { resource, principal } of context.state.runsAs)
      push(this.runsAs, resource, nodeId('azure', principal))
    this.classes = this.identityClasses()
    this.identities = this.classes.map((one) => this.identityTarget(one))
  }

  of({ whom }: Technique): readonly Target<On>[] {
    switch (whom.kind) {
      case 'identity':
        return this.identities
      case 'host':
        return this.hosts(whom.types.map((type) => type.toLowerCase()))
      case 'jewel':
        return this.jewelsOf(whom.type.toLowerCase())
      default:
        return []
    }
  }

  private identityClasses(): readonly Identities[] {
    const classes = new Map<string, Identities>()
    for (const [resource, principal] of this.context.state.userAssigned) {
      const group = [...pathUp(resource)].find(isResourceGroup) ?? resource
      const key = `${group}\n${this.granted(resource)}`
      const known = classes.get(key) ?? { ids: [], resource, group }
      const id = nodeId('azure', principal)
      classes.set(key, known)
      known.ids.push(id)
      this.classOf.set(id, known)
    }
    return [...classes.values()]
  }

  private identityTarget({ ids, resource, group }: Identities): Target<On> {
    const name = `${ids.length} managed identities of ${shortName(group)}`
    const places = { whom: resource }
    return { ends: ids, name, home: group, places, above: above(resource, this.context), doubts: [] }
  }

  /** Hosts that are alike in their grants and in what they run as. */
  private hosts(types: readonly string[]): readonly Target<On>[] {
    const key = types.join(' ')
    let known = this.hostsOf.get(key)
    if (known === undefined) {
      known = this.isListed() ? this.listed(types) : this.unlisted(types[0] ?? '')
      this.hostsOf.set(key, known)
    }
    return known
  }

  /** Whether resources were listed at all: one listing holds every type. */
  private isListed(): boolean {
    return [...this.byType.keys()].some((type) => type !== IDENTITY)
  }

  private listed(types: readonly string[]): readonly Target<On>[] {
    const alike = new Map<string, Hosted>()
    for (const node of types.flatMap((type) => this.byType.get(type) ?? [])) {
      const resource = nativeId(node.id)
      const runsAs = this.runsAs.get(resource)
      if (runsAs === undefined) continue
      const granted = this.granted(resource)
      for (const id of runsAs) {
        const among = this.classOf.get(id)
        const group = [...pathUp(resource)].find(isResourceGroup) ?? resource
        const key = `${among?.resource ?? ''}\n${group}\n${granted}`
        const known = alike.get(key)
        if (known !== undefined) {
          if (!known.hosts.has(id)) known.ends.push(id)
          known.hosts.set(id, node)
          continue
        }
        alike.set(key, {
          ends: [id],
          hosts: new Map([[id, node]]),
          name: `the identities of hosts of ${shortName(group)}`,
          home: group,
          places: { resource },
          above: above(resource, this.context),
          doubts: [],
          ...(among === undefined ? {} : { among: [among.ids] }),
        })
      }
    }
    return [...alike.values()]
  }

  /** No resource was imported: a host in the group of an identity might run as it. */
  private unlisted(type: string): readonly Target<On>[] {
    return this.classes.map((one) => ({
      ...this.identityTarget(one),
      places: { resource: one.group },
      doubts: [{ what: 'resources', says: `no ${type} was imported` }],
    }))
  }

  private jewelsOf(type: string): readonly Target<On>[] {
    return (this.byType.get(type) ?? [])
      .filter(({ id }) => this.jewels.has(id))
      .map(({ id, name }) => ({ ends: [id], name, places: { whom: nativeId(id) }, above: [], doubts: [] }))
  }

  /** The scopes on and above a resource on which something is granted or denied. */
  private granted(resource: string): string {
    const { model } = this.context
    return model
      .chain(resource)
      .scopes.filter(({ scope }) => model.grantsAt(scope).length > 0 || this.denied.has(scope))
      .map(({ scope }) => scope)
      .join('\n')
  }
}

type Hosted = Target<On> & { readonly ends: NodeId[]; readonly hosts: Map<NodeId, ResourceNode> }

function shortName(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1)
}
