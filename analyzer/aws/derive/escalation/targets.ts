import type { GraphNode, NodeId, PrincipalNode } from '../../../../graph/index.ts'
import { nativeId, nodeId, observed } from '../../../../graph/index.ts'
import { push } from '../../../multimap.ts'
import { accountNode } from '../../load/draft.ts'
import { HOSTS, hostName, type HostKind, type HostType } from '../../techniques/host-types.ts'
import type { Fact, Technique } from '../../techniques/technique.ts'
import type { Judge } from '../judge.ts'
import { exists, existsType, hostFits, isListed, userFits, type Fits } from './facts.ts'
import { ServiceTrust, type ServiceRole } from './service-trust.ts'
import type { Target } from './target.ts'

/** Roles that the resources of one type and account may run with, when nobody listed them: one node for all. */
export interface Unlisted {
  readonly node: PrincipalNode
  readonly roles: readonly ServiceRole[]
  readonly missing: string
}

/** Finds whose rights a technique could take, by account. */
export class Targets {
  private readonly judge: Judge
  private readonly trust: ServiceTrust
  /** Roles that can assume others. */
  private readonly assuming: ReadonlySet<NodeId>
  private readonly identities = new Map<string, PrincipalNode[]>()
  private readonly hosts = new Map<string, number[]>()
  private readonly made = new Map<number, Map<HostType, Unlisted>>()

  constructor(judge: Judge, nodes: readonly GraphNode[], assuming: ReadonlySet<NodeId>) {
    this.judge = judge
    this.trust = new ServiceTrust(judge)
    this.assuming = assuming
    for (const node of nodes) {
      if (node.kind !== 'principal' || node.scope === null || !isOwn(node)) continue
      push(this.identities, `${nativeId(node.scope)} ${node.type}`, node)
    }
    const { hosts } = judge.estate.state
    for (const [host, type] of hosts.types.entries()) {
      push(this.hosts, `${hosts.accounts[host] ?? ''} ${type}`, host)
    }
  }

  /** Nodes that stand for the roles of unlisted resources of an account, as far as a technique asked for them. */
  unlistedIn(account: number): readonly Unlisted[] {
    return [...(this.made.get(account)?.values() ?? [])]
  }

  /** The targets of a technique in an account; none when the account lacks what it needs. */
  of({ whom, state }: Technique, account: number): readonly Target[] {
    const conditions: string[] = []
    const missing: string[] = []
    for (const fact of state) {
      const type = existsType(fact)
      const fits =
        type === undefined
          ? true
          : exists(this.judge.estate, account, type, this.hostsOf(type, account).length > 0)
      if (fits === false) return []
      note(fits, conditions, missing)
    }
    const found = this.bare(whom, state, account)
    if (conditions.length === 0 && missing.length === 0) return found
    return found.map((target) => ({
      ...target,
      conditions: [...target.conditions, ...conditions],
      missing: [...target.missing, ...missing],
    }))
  }

  /** Hosts of a type in an account, by index. */
  hostsOf(type: HostType, account: number): readonly number[] {
    return this.hosts.get(`${this.judge.estate.state.accounts[account]?.id ?? ''} ${type}`) ?? []
  }

  private bare(whom: Technique['whom'], state: readonly Fact[], account: number): readonly Target[] {
    switch (whom.kind) {
      case 'user':
      case 'role':
      case 'group':
        return this.identitiesOf(whom.kind, state, account)
      case 'passed-role':
        return whom.services.flatMap((service) =>
          this.trust.of(account, service).flatMap((role) => this.passed(role, service, state)),
        )
      case 'host':
        return this.hosted(whom.type, state, account)
      default:
        return []
    }
  }

  private identitiesOf(
    kind: 'user' | 'role' | 'group',
    state: readonly Fact[],
    account: number,
  ): readonly Target[] {
    const id = this.judge.estate.state.accounts[account]?.id ?? ''
    const targets: Target[] = []
    for (const node of this.identities.get(`${id} ${kind}`) ?? []) {
      const conditions: string[] = []
      const missing: string[] = []
      const fits = state.every((fact) => note(userFits(fact, node), conditions, missing))
      const arn = nativeId(node.id)
      const principal = kind === 'group' ? -1 : this.judge.estate.principalIndex(arn)
      if (!fits) continue
      const record = observed(node.seen ?? { source: 0, pointer: '' }, `${node.name} is in account ${id}`)
      targets.push({ id: node.id, arn, name: node.name, principal, conditions, missing, because: [], record })
    }
    return targets
  }

  private passed(
    { role, conditions, because }: ServiceRole,
    service: string,
    state: readonly Fact[],
  ): readonly Target[] {
    const { estate } = this.judge
    if (state.includes('instance-profile') && estate.state.principals.profiles[role] !== 1) return []
    if (state.includes('assumes-roles') && !this.assuming.has(estate.nodeOf(role))) return []
    return [
      { ...this.roleTarget(role), service, conditions, missing: [], because: [because], record: because },
    ]
  }

  private hosted(type: HostType, state: readonly Fact[], account: number): readonly Target[] {
    const { estate } = this.judge
    const { hosts } = estate.state
    // What was listed is told even where the listing is not whole.
    const targets: Target[] = isListed(estate, account, type) ? [] : [...this.anyHost(type, account)]
    for (const host of this.hostsOf(type, account)) {
      const role = hosts.roles[host] ?? -1
      const conditions: string[] = []
      const fits = state.every((fact) => note(hostFits(fact, estate, host), conditions, []))
      if (role < 0 || !fits) continue
      const arn = hosts.arns[host] ?? ''
      const place = { source: hosts.sources[host] ?? 0, pointer: hosts.pointers[host] ?? '' }
      const runs = observed(place, `${arn} runs with the role ${estate.identity(role).name}`)
      targets.push({
        ...this.roleTarget(role),
        resource: arn,
        conditions,
        missing: [],
        because: [runs],
        record: runs,
      })
    }
    return targets
  }

  /** Nobody listed the resources: each role that they could run with may be one's. */
  private anyHost(type: HostType, account: number): readonly Target[] {
    const { estate } = this.judge
    const id = estate.state.accounts[account]?.id ?? ''
    const { service, pattern, profile = false }: HostKind = HOSTS[type]
    const roles = this.trust
      .of(account, service)
      .filter(({ role }) => !profile || estate.state.principals.profiles[role] === 1)
    const [first] = roles
    if (first === undefined) return []
    const arn = `any-role-of/${type}/${id}`
    const missing = `the ${hostName(type)}s of account ${id} and the roles that they run with`
    const name = `the role of ${/^[aeiou]/i.test(hostName(type)) ? 'an' : 'a'} ${hostName(type)} of ${id}`
    let made = this.made.get(account)
    if (made === undefined) this.made.set(account, (made = new Map<HostType, Unlisted>()))
    if (!made.has(type)) {
      const node: PrincipalNode = {
        kind: 'principal',
        type: 'role',
        id: nodeId('aws', arn),
        cloud: 'aws',
        name,
        scope: accountNode(id),
        tags: [],
        seen: null,
        human: false,
      }
      made.set(type, { node, roles, missing })
    }
    return [
      {
        id: nodeId('aws', arn),
        arn,
        name,
        principal: -1,
        resources: pattern,
        conditions: [],
        missing: [],
        because: [],
        record: first.because,
      },
    ]
  }

  private roleTarget(role: number): Pick<Target, 'id' | 'arn' | 'name' | 'principal'> {
    const { estate } = this.judge
    const { arn, name } = estate.identity(role)
    return { id: nodeId('aws', arn), arn, name, principal: role }
  }
}

/** Notes what a fact leaves open; false: it does not hold. */
function note(fits: Fits, conditions: string[], missing: string[]): boolean {
  if (typeof fits === 'boolean') return fits
  if ('condition' in fits) conditions.push(fits.condition)
  else missing.push(fits.missing)
  return true
}

/** IAM's own users, roles and groups; the root user and service-linked roles cannot be taken over. */
function isOwn({ id, type }: PrincipalNode): boolean {
  const native = nativeId(id)
  return (
    native.includes(':iam::') && native.includes(`:${type}/`) && !native.includes(':role/aws-service-role/')
  )
}
