import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { CloudAnalyzer, Derived } from '../../analyzer/cloud-analyzer.ts'
import { joinFederation } from '../../analyzer/federation.ts'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Edge, Json, JsonObject, SnapshotReader } from '../../graph/index.ts'
import { caseSources, type CaseEstate } from '../reference/aws-cases.ts'
import { readerOf } from '../reference/aws-files.ts'
import { memoryReader, type Exported } from './memory-reader.ts'

export const POOL = '//iam.googleapis.com/projects/22/locations/global/workloadIdentityPools/bridge'

/** Both sides of a bridge in few words; a cloud that is absent was not imported. */
export interface BridgeEstate {
  readonly aws?: CaseEstate
  readonly gcp?: {
    readonly provider?: JsonObject
    readonly members?: readonly string[]
    /** E-mail → unique id. */
    readonly serviceAccounts?: Readonly<Record<string, string>>
  }
  readonly azure?: {
    readonly tenant: string
    /** Object ids of managed identities. */
    readonly identities?: readonly string[]
    readonly audiences?: readonly string[]
    readonly application?: string
    readonly servicePrincipal?: string
    readonly credential?: JsonObject
  }
}

/** What the analyzers make of an estate, with the bridges. */
export async function bridged({ aws, gcp, azure }: BridgeEstate): Promise<readonly Edge[]> {
  const parts: Derived[] = []
  if (aws !== undefined) parts.push(await derived(awsAnalyzer, readerOf(caseSources(aws))))
  if (gcp !== undefined) parts.push(await derived(gcpAnalyzer, memoryReader(gcpExports(gcp))))
  if (azure !== undefined) parts.push(await derived(azureAnalyzer, memoryReader(azureExports(azure))))
  const bridges = joinFederation(
    parts.flatMap(({ presents }) => presents ?? []),
    parts.flatMap(({ accepts }) => accepts ?? []),
  )
  return [...bridges, ...parts.flatMap(({ edges }) => edges)]
}

async function derived(analyzer: CloudAnalyzer, reader: SnapshotReader): Promise<Derived> {
  const loaded = await analyzer.load(reader)
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  return analyzer.derive(analyzer.engine(loaded.state, nodes), loaded, [])
}

function gcpExports(gcp: NonNullable<BridgeEstate['gcp']>): readonly Exported[] {
  const rows: Json[] = Object.entries(gcp.serviceAccounts ?? {}).map(([email, uniqueId]) => ({
    name: `//iam.googleapis.com/projects/shop/serviceAccounts/${email}`,
    assetType: 'iam.googleapis.com/ServiceAccount',
    resource: { data: { email, uniqueId } },
  }))
  if (gcp.provider !== undefined) {
    rows.push({
      name: `${POOL}/providers/outside`,
      assetType: 'iam.googleapis.com/WorkloadIdentityPoolProvider',
      resource: { data: gcp.provider },
    })
  }
  const bindings = [{ role: 'roles/storage.objectViewer', members: gcp.members ?? [] }]
  if (gcp.members !== undefined) {
    rows.push({
      name: '//storage.googleapis.com/b',
      assetType: 'storage.googleapis.com/Bucket',
      iamPolicy: { bindings },
    })
  }
  return [{ kind: 'gcp.assets', rows }]
}

function azureExports(azure: NonNullable<BridgeEstate['azure']>): readonly Exported[] {
  const { tenant, identities, audiences, application, servicePrincipal, credential } = azure
  const rows: Json[] = (identities ?? []).map((id) => ({ id, servicePrincipalType: 'ManagedIdentity' }))
  const appId = '00000000-0000-0000-0000-0000000000c1'
  if (audiences !== undefined && audiences.length > 0)
    rows.push({ id: '00000000-0000-0000-0000-0000000000d1', servicePrincipalNames: audiences })
  if (servicePrincipal !== undefined) rows.push({ id: servicePrincipal, appId })
  const exports: Exported[] = [
    { kind: 'azure.subscriptions', rows: [{ id: 's1', tenantId: tenant }] },
    { kind: 'azure.service-principals', rows },
  ]
  if (application !== undefined) {
    exports.push({ kind: 'azure.applications', rows: [{ id: application, appId }] })
    if (credential !== undefined)
      exports.push({
        kind: 'azure.federated-credentials',
        rows: [{ name: 'bridge', ...credential }],
        parameters: { id: application },
      })
  }
  return exports
}
