import type { Edge, Missing, NodeId, ResourceNode } from '../../../../graph/index.ts'
import { nativeId } from '../../../../graph/index.ts'
import { push } from '../../../multimap.ts'
import { canonicalResource, isContainer, shortName } from '../../resource-name.ts'
import type { Agent, Technique } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import type { AccountClasses, Accounts } from './accounts.ts'
import { customRoleTargets } from './custom-roles.ts'
import type { Target } from './target.ts'

/** What each technique is asked about. */
export class Targets {
  private readonly context: Context
  private readonly accounts: AccountClasses
  private readonly jewels: ReadonlySet<NodeId>
  private readonly runsAs = new Map<NodeId, NodeId[]>()
  private readonly byType = new Map<string, ResourceNode[]>()
  private readonly hostsOf = new Map<string, readonly Target[]>()
  private projects: readonly Target[] | undefined
  private readonly typesOf = new Map<string, Set<string>>()

  constructor(
    context: Context,
    accounts: AccountClasses,
    edges: readonly Edge[],
    jewels: readonly { readonly resource: NodeId }[],
  ) {
    this.context = context
    this.accounts = accounts
    this.jewels = new Set(jewels.map(({ resource }) => resource))
    for (const { kind, from, to } of edges) if (kind === 'runs-as') push(this.runsAs, from, to)
    for (const node of context.nodes.values()) {
      if (node.kind !== 'resource' || node.cloud !== 'gcp') continue
      push(this.byType, node.type, node)
      if (node.scope === null) continue
      const types = this.typesOf.get(nativeId(node.scope)) ?? new Set()
      this.typesOf.set(nativeId(node.scope), types.add(node.type))
    }
  }

  *of(technique: Technique): Generator<Target> {
    for (const target of this.found(technique)) {
      const doubt = this.existence(technique, target.places.project)
      if (doubt !== undefined) yield { ...target, doubts: [...target.doubts, ...doubt] }
    }
  }

  private found(technique: Technique): Iterable<Target> {
    const { whom } = technique
    switch (whom.kind) {
      case 'account':
        return this.accounts.all.map((accounts) => targetOf(accounts))
      case 'host':
        return this.hosts(
          whom.types,
          technique.ways.flat().some(({ on }) => on === 'whom'),
        )
      case 'agent':
        return this.agents(whom.agent)
      case 'workload':
        return this.workloads()
      case 'pool':
        return this.pools()
      case 'jewel':
        return this.jewelsOf(whom.type)
      case 'custom-role':
        return customRoleTargets(this.context)
      case 'container':
      case 'delegated':
        return []
    }
  }

  /** Undefined: what must be there is not. */
  private existence({ exists }: Technique, project: string | undefined): readonly Missing[] | undefined {
    if (exists === undefined) return []
    const here = this.typesOf.get(project ?? '')
    if (exists.some((type) => here?.has(type) === true)) return []
    return exists.some((type) => this.byType.has(type)) ? undefined : [notImported(exists[0])]
  }

  /** Hosts that are alike in their grants and in what they run as. No listing of their type: any account of the project. */
  private hosts(types: readonly string[], isAboutAccount: boolean): readonly Target[] {
    if (!types.some((type) => this.byType.has(type))) {
      return isAboutAccount ? this.unlisted(types[0] ?? '') : this.unlistedIn(types[0] ?? '')
    }
    const key = types.join(' ')
    let known = this.hostsOf.get(key)
    if (known === undefined) {
      known = this.listed(types)
      this.hostsOf.set(key, known)
    }
    return known
  }

  private listed(types: readonly string[]): readonly Target[] {
    const { model } = this.context
    const alike = new Map<string, Hosted>()
    const seen = new Set<string>()
    for (const node of types.flatMap((type) => this.byType.get(type) ?? [])) {
      if (node.scope === null) continue
      const resource = nativeId(node.id)
      const project = nativeId(node.scope)
      const granted = model.chain(resource).scopes.filter(({ scope }) => model.grantsAt(scope).length > 0)
      for (const id of this.runsAs.get(node.id) ?? []) {
        const accounts = this.accounts.classOf(id)
        const key = `${accounts?.resource ?? id}\n${project}\n${granted.map(({ scope }) => scope).join('\n')}`
        if (seen.has(`${key}\n${id}`)) continue
        seen.add(`${key}\n${id}`)
        const known = alike.get(key)
        if (known !== undefined) {
          known.ends.push(id)
          known.hosts.set(id, node)
          continue
        }
        const name = `the service accounts of hosts of ${shortName(project)}`
        const base = { ends: [id], hosts: new Map([[id, node]]), name, home: project, doubts: [] }
        // An account of Google's, or of a project that was not imported: nobody is known to be able to act as it.
        if (accounts === undefined) alike.set(key, { ...base, places: { resource, project }, above: [] })
        else {
          const places = { resource, project, whom: accounts.resource }
          alike.set(key, { ...base, among: [accounts.ids], places, above: accounts.above })
        }
      }
    }
    return [...alike.values()]
  }

  /** No host was imported: it might run as any account of its project. */
  private unlisted(type: string): readonly Target[] {
    return this.accounts.all.map((accounts) => {
      const target = targetOf(accounts)
      const places = { ...target.places, resource: accounts.project }
      return { ...target, places, doubts: [notImported(type)] }
    })
  }

  /** The same, where what is asked is about the project alone. */
  private unlistedIn(type: string): readonly Target[] {
    this.projects ??= [...this.accounts.byProject].map(([project, classes]) => {
      const target = this.inProject(
        classes.flatMap(({ ids }) => ids),
        `the service accounts of ${shortName(project)}`,
        project,
      )
      const places = { project, resource: project }
      return { ...target, places, among: classes.map(({ ids }) => ids) }
    })
    return this.projects.map((target) => ({ ...target, doubts: [notImported(type)] }))
  }

  private *agents(agent: Agent): Generator<Target> {
    const { model, state } = this.context
    for (const id of model.principals) {
      const number = AGENTS[agent].exec(nativeId(id))?.[1]
      if (number === undefined) continue
      const project = canonicalResource(`projects/${number}`, state.aliases)
      yield this.inProject([id], nativeId(id), project)
    }
  }

  /** Kubernetes' own identities are told by bindings for them; nodes of clusters run as service accounts. */
  private *workloads(): Generator<Target> {
    const { model, state } = this.context
    const found = new Map<string, Set<NodeId>>()
    const put = (project: string, id: NodeId): void => {
      found.set(project, (found.get(project) ?? new Set()).add(id))
    }
    for (const [i, id] of model.principals.entries()) {
      const member = model.meaning.population.of(i)
      const pool = 'pool' in member ? /([^/]+)\.svc\.id\.goog$/.exec(member.pool)?.[1] : undefined
      if (pool !== undefined) put(canonicalResource(`projects/${pool}`, state.aliases), id)
    }
    for (const type of CLUSTERS) {
      for (const node of this.byType.get(type) ?? []) {
        const project = node.scope === null ? undefined : nativeId(node.scope)
        for (const id of this.runsAs.get(node.id) ?? []) if (project !== undefined) put(project, id)
      }
    }
    for (const [project, ids] of found)
      yield this.inProject([...ids], `the workloads of the clusters of ${shortName(project)}`, project)
  }

  private *pools(): Generator<Target> {
    const { model, state } = this.context
    const found = new Map<string, NodeId[]>()
    for (const [i, id] of model.principals.entries()) {
      const member = model.meaning.population.of(i)
      const project = 'pool' in member ? /^projects\/([^/]+)\/.*\/([^/]+)$/.exec(member.pool) : null
      // The pool of a project's clusters has no providers of its owner's.
      if (project === null || project[2]?.endsWith('.svc.id.goog') === true) continue
      push(found, canonicalResource(`projects/${project[1] ?? ''}`, state.aliases), id)
    }
    for (const [project, ids] of found)
      yield this.inProject(ids, `the identities of the pools of ${shortName(project)}`, project)
  }

  private *jewelsOf(type: string): Generator<Target> {
    for (const node of this.byType.get(type) ?? []) {
      if (!this.jewels.has(node.id)) continue
      yield { ends: [node.id], name: node.name, places: { whom: nativeId(node.id) }, above: [], doubts: [] }
    }
  }

  private inProject(ends: readonly NodeId[], name: string, project: string): Target {
    const above = this.context.model.chain(project).scopes.map(({ scope }) => scope)
    return { ends, name, home: project, places: { project }, above: above.filter(isContainer), doubts: [] }
  }
}

type Hosted = Target & { readonly ends: NodeId[]; readonly hosts: Map<NodeId, ResourceNode> }

/** Google APIs service agent and legacy Cloud Build account (their documentation, "Service agents"). */
const AGENTS: Readonly<Record<Agent, RegExp>> = {
  apis: /^serviceAccount:(\d+)@cloudservices\.gserviceaccount\.com$/,
  build: /^serviceAccount:(\d+)@cloudbuild\.gserviceaccount\.com$/,
}

const CLUSTERS = ['container.googleapis.com/Cluster', 'container.googleapis.com/NodePool'] as const

/** Accounts as what a technique is asked about. */
export function targetOf({ ids, resource, project, above }: Accounts): Target {
  const name = `${ids.length} service accounts of ${shortName(project)}`
  return { ends: ids, name, home: project, places: { whom: resource, project }, above, doubts: [] }
}

function notImported(type: string): Missing {
  return { what: 'resources', says: `no ${type} was imported` }
}
