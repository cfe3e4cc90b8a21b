import type { JsonObject, SourceRef, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { accountIn, isAccountId, lastStep } from '../model/arn.ts'
import { textList } from '../raw.ts'
import type { ClusterState } from '../state.ts'
import type { ClusterDraft } from './cluster-draft.ts'
import type { Draft } from './draft.ts'

/**
 * Reads what EKS tells of clusters: the issuer of their tokens, access entries and policies, Pod Identity associations.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
export function readClusters(draft: Draft, source: SourceRows): void {
  for (const { value: row, at } of source.rows()) {
    if (!isObject(row)) continue
    const call = ownString(row, 'call') ?? ''
    const account = ownString(row, 'account') ?? ''
    const region = ownString(row, 'region') ?? ''
    const response = ownObject(row, 'response')
    if (!call.startsWith('eks:') || !isAccountId(account) || region === '' || response === undefined) continue
    const parameters = ownObject(row, 'parameters') ?? {}
    READERS.get(call)?.({ draft, account, region, parameters, response, at })
  }
}

interface Answer {
  readonly draft: Draft
  readonly account: string
  readonly region: string
  readonly parameters: JsonObject
  readonly response: JsonObject
  readonly at: SourceRef
}

const READERS: ReadonlyMap<string, (answer: Answer) => void> = new Map([
  ['eks:DescribeCluster', cluster],
  ['eks:DescribeAccessEntry', entry],
  ['eks:ListAssociatedAccessPolicies', policies],
  ['eks:DescribePodIdentityAssociation', pod],
])

function clusterOf({ draft, account, region, at }: Answer, name: string): ClusterDraft {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  const arn = `arn:${partition}:eks:${region}:${account}:cluster/${name}`
  const known = draft.clusters.get(arn)
  if (known !== undefined) return known
  const made = { arn, account, issuer: null, configMap: false, at, pods: [], entries: [], policies: [] }
  draft.clusters.set(arn, made)
  draft.resource(arn, at).account = account
  return made
}

function cluster(answer: Answer): void {
  const found = ownObject(answer.response, 'cluster') ?? {}
  const name = ownString(found, 'name')
  if (name === undefined) return
  const made = clusterOf(answer, name)
  const identity = ownObject(ownObject(found, 'identity') ?? {}, 'oidc')
  const issuer = identity === undefined ? undefined : ownString(identity, 'issuer')
  made.issuer = issuer?.replace(/^https:\/\//, '') ?? null
  made.at = answer.at
  // Clusters that are older than the setting have the map alone.
  const mode = ownString(ownObject(found, 'accessConfig') ?? {}, 'authenticationMode')
  made.configMap = mode !== 'API'
}

function entry(answer: Answer): void {
  const found = ownObject(answer.response, 'accessEntry') ?? {}
  const principal = ownString(found, 'principalArn')
  const name = ownString(found, 'clusterName') ?? ownString(answer.parameters, 'clusterName')
  if (principal === undefined || name === undefined) return
  const groups = textList(own(found, 'kubernetesGroups'))
  clusterOf(answer, name).entries.push({ principal, groups, at: answer.at })
}

function policies(answer: Answer): void {
  const { response, parameters, at } = answer
  const principal = ownString(response, 'principalArn') ?? ownString(parameters, 'principalArn')
  const name = ownString(response, 'clusterName') ?? ownString(parameters, 'clusterName')
  if (principal === undefined || name === undefined) return
  for (const item of ownList(response, 'associatedAccessPolicies')) {
    const policy = isObject(item) ? ownString(item, 'policyArn') : undefined
    if (!isObject(item) || policy === undefined) continue
    const scope = ownObject(item, 'accessScope') ?? {}
    const namespaces = ownString(scope, 'type') === 'namespace' ? textList(own(scope, 'namespaces')) : ['*']
    clusterOf(answer, name).policies.push({ principal, policy: lastStep(policy), namespaces, at })
  }
}

function pod(answer: Answer): void {
  const found = ownObject(answer.response, 'association') ?? {}
  const name = ownString(found, 'clusterName') ?? ownString(answer.parameters, 'clusterName')
  const namespace = ownString(found, 'namespace')
  const serviceAccount = ownString(found, 'serviceAccount')
  const role = ownString(found, 'roleArn')
  if (name === undefined || namespace === undefined) return
  if (serviceAccount === undefined || role === undefined) return
  clusterOf(answer, name).pods.push({ namespace, serviceAccount, role, at: answer.at })
}

/** The clusters of the state, and what of them only they themselves know. */
export function clusterStates(draft: Draft): readonly ClusterState[] {
  return [...draft.clusters.values()]
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .map(({ configMap, entries, ...of }) => {
      if (configMap) draft.countNotEvaluated('eks-aws-auth', AWS_AUTH)
      const isOpen = entries.some(({ groups }) => groups.length > 0)
      if (isOpen) draft.countNotEvaluated('eks-groups', GROUPS)
      return { ...of, entries, name: lastStep(of.arn), account: accountIn(of.arn) ?? of.account }
    })
}

const AWS_AUTH = 'clusters of EKS whose map aws-auth may let in others; AWS does not tell it'
const GROUPS =
  'clusters of EKS whose access entries name Kubernetes groups; what a group may do only the cluster knows'
