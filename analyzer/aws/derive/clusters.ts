import type { Derivation, Edge, GraphNode, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { derived, isWild, matches, nodeId, observed } from '../../../graph/index.ts'
import type { Estate } from '../evaluate/estate.ts'
import { accountNode } from '../load/draft.ts'
import { issuerOf } from '../federation/issuers.ts'
import { WEB_IDENTITY } from '../federation/open-trust.ts'
import { letsIn, type LetIn, type Token } from '../federation/stranger.ts'
import type { ClusterState } from '../state.ts'
import type { RoleTrusts } from './role-trust.ts'
import { isAbout, type Trust } from './trusts.ts'

/**
 * EKS's own policies with which one starts pods, and so acts as any service account there: "create" of pods.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const RUNS_PODS: ReadonlySet<string> = new Set([
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSEditPolicy',
])
const SUBJECT = /^system:serviceaccount:([^:]+):([^:]+)$/
const PODS = 'pods.eks.amazonaws.com'

/**
 * Service accounts of clusters as principals: which roles they take by the cluster's issuer or by Pod Identity, and which IAM
 * principals are let into the cluster and can act as them. Service accounts that no role names are not known to AWS.
 */
export function clusterEdges(
  estate: Estate,
  all: readonly Trust[],
  roles: RoleTrusts,
  known: ReadonlyMap<NodeId, GraphNode>,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] } {
  const work = new Clusters(estate, roles, known)
  for (const trust of all) if (trust.isRole && isAbout(trust, WEB_IDENTITY)) work.byIssuer(trust)
  for (const cluster of estate.state.clusters) work.byPodIdentity(cluster)
  for (const cluster of estate.state.clusters) work.letInto(cluster)
  return { nodes: [...work.nodes.values()], edges: work.edges }
}

interface ServiceAccount {
  readonly node: NodeId
  readonly namespace: string
}

class Clusters {
  readonly nodes = new Map<NodeId, GraphNode>()
  readonly edges: Edge[] = []
  private readonly told = new Set<string>()
  private readonly estate: Estate
  private readonly roles: RoleTrusts
  private readonly known: ReadonlyMap<NodeId, GraphNode>
  private readonly byIssuers: ReadonlyMap<string, ClusterState>
  /** By ARN of the cluster. */
  private readonly accounts = new Map<string, ServiceAccount[]>()

  constructor(estate: Estate, roles: RoleTrusts, known: ReadonlyMap<NodeId, GraphNode>) {
    this.estate = estate
    this.roles = roles
    this.known = known
    this.byIssuers = new Map(
      estate.state.clusters.flatMap((of) => (of.issuer === null ? [] : [[of.issuer.toLowerCase(), of]])),
    )
  }

  /** IAM roles for service accounts: those that the trust policy names. */
  byIssuer(trust: Trust): void {
    for (const provider of trust.element.federated) {
      const issuer = issuerOf(provider)
      const cluster = this.byIssuers.get(issuer)
      if (cluster === undefined) continue
      const named = trust.clauses.filter(({ key }) => key.toLowerCase() === `${issuer}:sub`)
      for (const subject of new Set(named.flatMap(({ values }) => values))) {
        const [, namespace, name] = SUBJECT.exec(subject) ?? []
        if (namespace === undefined || name === undefined || isWild(subject)) continue
        const token: Token = new Map([
          [`${issuer}:sub`, [subject]],
          [`${issuer}:aud`, ['sts.amazonaws.com']],
        ])
        const question = { provider, action: WEB_IDENTITY, role: trust.arn, only: trust.index }
        const found = letsIn({ ...question, ...this.roles.of(trust.arn, trust.use) }, token)
        if (found === undefined) continue
        const from = this.account(cluster, namespace, name)
        this.becomes(from, trust.arn, found, 'eks-service-account', 'service account', [trust.because])
      }
    }
  }

  /**
   * Pod Identity: the service must be trusted to assume the role and to tag the session.
   * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
   */
  byPodIdentity(cluster: ClusterState): void {
    const { principals } = this.estate.state
    for (const { namespace, serviceAccount, role, at } of cluster.pods) {
      const from = this.account(cluster, namespace, serviceAccount)
      const index = this.estate.principalIndex(role)
      const use = index < 0 ? -1 : (principals.trust[index] ?? -1)
      if (use < 0) continue
      const token: Token = new Map([
        ['aws:principalisawsservice', ['true']],
        ['aws:principalservicename', [PODS]],
        ['aws:sourceaccount', [cluster.account]],
        ['aws:sourcearn', [cluster.arn]],
        ['aws:requesttag/eks-cluster-arn', [cluster.arn]],
        ['aws:requesttag/eks-cluster-name', [cluster.name]],
        ['aws:requesttag/kubernetes-namespace', [namespace]],
        ['aws:requesttag/kubernetes-service-account', [serviceAccount]],
      ])
      const asked = { provider: PODS, role, ...this.roles.of(role, use) }
      const found = ['sts:AssumeRole', 'sts:TagSession'].map((action) => letsIn({ ...asked, action }, token))
      const [assumes, tags] = found
      if (assumes === undefined || tags === undefined) continue
      const together: LetIn = {
        token,
        conditions: [...new Set([...assumes.conditions, ...tags.conditions])],
        missing: [...new Set([...assumes.missing, ...tags.missing])],
      }
      const says = `pods of ${namespace}/${serviceAccount} run with ${role}`
      this.becomes(from, role, together, 'eks-pod-identity', 'Pod Identity', [observed(at, says)])
    }
  }

  /** IAM principals and the groups, and rights, that they have in the cluster. */
  letInto(cluster: ClusterState): void {
    for (const { principal, groups, at } of cluster.entries) {
      for (const group of groups) {
        const to = this.group(cluster, `group/${group}`, `${group} in ${cluster.name}`)
        const says = `${principal} is a member of the Kubernetes group ${group} in ${cluster.name}`
        this.member(principal, to, 'eks-access-entry', observed(at, says))
      }
    }
    for (const { principal, policy, namespaces, at } of cluster.policies) {
      if (!RUNS_PODS.has(policy)) continue
      for (const namespace of namespaces) {
        const where = namespace === '*' ? cluster.name : `${namespace} of ${cluster.name}`
        const to = this.group(cluster, `runs-pods/${namespace}`, `who may run pods in ${where}`)
        const because = observed(at, `${principal} has ${policy} in ${where}`)
        this.member(principal, to, 'eks-access-policy', because)
        this.actsAs(cluster, to, namespace, because)
      }
    }
  }

  /** Whoever starts a pod chooses its service account. */
  private actsAs(cluster: ClusterState, from: NodeId, namespace: string, because: Derivation): void {
    for (const account of this.accounts.get(cluster.arn) ?? []) {
      if (!matches(namespace, account.namespace)) continue
      const says = `a pod in ${account.namespace} can run as any service account there`
      this.push({
        kind: 'can-become',
        from,
        to: account.node,
        rule: 'eks-run-pod',
        label: 'run a pod',
        certainty: 'certain',
        conditions: [],
        because: derived('eks-run-pod', says, [because]),
      })
    }
  }

  private member(principal: string, to: NodeId, rule: string, because: Derivation): void {
    const from = nodeId('aws', principal)
    if (!this.known.has(from)) return
    this.push({
      kind: 'member-of',
      from,
      to,
      rule,
      label: 'EKS access',
      certainty: 'certain',
      conditions: [],
      because,
    })
  }

  /** Each way is told once. */
  private push(edge: Edge): void {
    const key = `${edge.from} ${edge.to} ${edge.rule}`
    if (this.told.has(key)) return
    this.told.add(key)
    this.edges.push(edge)
  }

  private becomes(
    from: NodeId,
    role: string,
    { conditions, missing }: LetIn,
    rule: string,
    label: string,
    because: readonly [Derivation],
  ): void {
    const to = nodeId('aws', role)
    this.push({
      kind: 'can-become',
      from,
      to,
      rule,
      label,
      certainty: missing.length > 0 ? 'unknown' : conditions.length > 0 ? 'conditional' : 'certain',
      conditions: [...conditions, ...missing],
      because: derived(rule, `${role} trusts the service account`, because),
    })
  }

  private account(cluster: ClusterState, namespace: string, name: string): NodeId {
    const node = nodeId('aws', `${cluster.arn}/service-account/${namespace}/${name}`)
    if (this.nodes.has(node)) return node
    this.add(cluster, node, 'service-account', `${namespace}/${name} in ${cluster.name}`)
    const list = this.accounts.get(cluster.arn)
    if (list === undefined) this.accounts.set(cluster.arn, [{ node, namespace }])
    else list.push({ node, namespace })
    return node
  }

  private group(cluster: ClusterState, path: string, name: string): NodeId {
    const node = nodeId('aws', `${cluster.arn}/${path}`)
    this.add(cluster, node, 'group', name)
    return node
  }

  private add({ account, at }: ClusterState, id: NodeId, type: PrincipalNode['type'], name: string): void {
    if (this.nodes.has(id)) return
    this.nodes.set(id, {
      kind: 'principal',
      type,
      id,
      cloud: 'aws',
      name,
      scope: accountNode(account),
      tags: [],
      seen: at,
      ...(type === 'group' ? {} : { human: false }),
    })
  }
}
