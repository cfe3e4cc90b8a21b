import { daysAgo } from '../clock.ts'
import { jsonLines } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { digits } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { DATASET, FEDERATION, TENANT_ID } from '../stories/dataset-path.ts'
import { projectRecord } from './hierarchy.ts'
import {
  FOLDERS,
  ORGANIZATION,
  PROJECTS,
  ancestorsOf,
  applicationsOf,
  folderId,
  projectNamed,
} from './projects.ts'
import type { Project } from './projects.ts'
import { SERVICE_ACCOUNTS, computeDefault, emailOf, keyCreated, keyId } from './service-accounts.ts'

/** A line of `gcloud asset export --content-type=resource`. */
type Asset = {
  readonly name: string
  readonly asset_type: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly ancestors: readonly string[]
  readonly update_time: string
}

type Labels = Readonly<Record<string, string>>

function asset(
  type: string,
  name: string,
  project: Project,
  version: string,
  data: Record<string, unknown>,
): Asset {
  const kind = type.slice(type.indexOf('/') + 1)
  const service = type.slice(0, type.indexOf('.'))
  const draws = drawsOf(`asset/${name}`)
  return {
    name,
    asset_type: type,
    resource: {
      version,
      discovery_document_uri: `https://www.googleapis.com/discovery/v1/apis/${service}/${version}/rest`,
      discovery_name: kind,
      parent: `//cloudresourcemanager.googleapis.com/projects/${project.number}`,
      data,
    },
    ancestors: ancestorsOf(project),
    update_time: daysAgo(draws.between(8, 700), draws.int(80_000)),
  }
}

function hierarchyAssets(): Asset[] {
  const organization = `organizations/${ORGANIZATION.id}`
  const folders = FOLDERS.map((folder) => ({
    name: `//cloudresourcemanager.googleapis.com/folders/${folderId(folder)}`,
    asset_type: 'cloudresourcemanager.googleapis.com/Folder',
    resource: {
      version: 'v3',
      discovery_name: 'Folder',
      parent: `//cloudresourcemanager.googleapis.com/${organization}`,
      data: {
        name: `folders/${folderId(folder)}`,
        displayName: folder,
        parent: organization,
        state: 'ACTIVE',
      },
    },
    ancestors: [`folders/${folderId(folder)}`, organization],
    update_time: daysAgo(900),
  }))
  const projects = PROJECTS.map((project) => ({
    ...asset(
      'cloudresourcemanager.googleapis.com/Project',
      `//cloudresourcemanager.googleapis.com/projects/${project.number}`,
      project,
      'v1',
      projectRecord(project),
    ),
  }))
  return [...folders, ...projects]
}

function identityAssets(): Asset[] {
  return SERVICE_ACCOUNTS.flatMap((account) => {
    const { project, email, uniqueId } = account
    const path = `projects/${project.id}/serviceAccounts/${email}`
    return [
      asset(
        'iam.googleapis.com/ServiceAccount',
        `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${uniqueId}`,
        project,
        'v1',
        {
          displayName: account.displayName,
          email,
          name: path,
          oauth2ClientId: uniqueId,
          projectId: project.id,
          uniqueId,
        },
      ),
      ...account.keyAges.map((age, index) => {
        const id = keyId(account, index)
        return asset(
          'iam.googleapis.com/ServiceAccountKey',
          `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${uniqueId}/keys/${id}`,
          project,
          'v1',
          {
            keyAlgorithm: 'KEY_ALG_RSA_2048',
            keyOrigin: 'GOOGLE_PROVIDED',
            keyType: 'USER_MANAGED',
            name: `${path}/keys/${id}`,
            validAfterTime: keyCreated(age),
            validBeforeTime: '9999-12-31T23:59:59Z',
          },
        )
      }),
    ]
  })
}

/** The pools in the federation project: Entra's tenant, and GitHub bound to one repository. */
function federationAssets(): Asset[] {
  const project = projectNamed(FEDERATION.project)
  const pool = (id: string) => `projects/${project.number}/locations/global/workloadIdentityPools/${id}`
  const poolAsset = (id: string, displayName: string) =>
    asset('iam.googleapis.com/WorkloadIdentityPool', `//iam.googleapis.com/${pool(id)}`, project, 'v1', {
      displayName,
      name: pool(id),
      state: 'ACTIVE',
    })
  const provider = (id: string, name: string, data: Record<string, unknown>) =>
    asset(
      'iam.googleapis.com/WorkloadIdentityPoolProvider',
      `//iam.googleapis.com/${pool(id)}/providers/${name}`,
      project,
      'v1',
      {
        name: `${pool(id)}/providers/${name}`,
        state: 'ACTIVE',
        ...data,
      },
    )
  return [
    poolAsset(FEDERATION.pool, 'Workloads of the Entra tenant'),
    provider(FEDERATION.pool, FEDERATION.provider, {
      attributeCondition: `assertion.tid == '${TENANT_ID}'`,
      attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.tenant': 'assertion.tid' },
      displayName: 'lumenly-entra',
      oidc: { allowedAudiences: [FEDERATION.audience], issuerUri: FEDERATION.issuer },
    }),
    poolAsset('github', 'GitHub Actions'),
    provider('github', 'github-actions', {
      attributeCondition: "assertion.repository_owner == 'lumenly' && assertion.ref == 'refs/heads/main'",
      attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' },
      displayName: 'github-actions',
      oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
    }),
  ]
}

function dataset(project: Project, id: string, labels: Labels): Asset {
  return asset(
    'bigquery.googleapis.com/Dataset',
    `//bigquery.googleapis.com/projects/${project.id}/datasets/${id}`,
    project,
    'v2',
    {
      datasetReference: { datasetId: id, projectId: project.id },
      id: `${project.id}:${id}`,
      labels,
      location: 'EU',
    },
  )
}

function bucket(project: Project, name: string, labels: Labels): Asset {
  return asset('storage.googleapis.com/Bucket', `//storage.googleapis.com/${name}`, project, 'v1', {
    iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
    id: name,
    labels,
    location: 'EU',
    name,
    projectNumber: project.number,
  })
}

/** Kinds of which an application has several, with how many at least and at most. */
const MANY = [
  ['pubsub.googleapis.com/Topic', 'topics', 2, 5],
  ['pubsub.googleapis.com/Subscription', 'subscriptions', 3, 8],
  ['bigquery.googleapis.com/Table', 'tables', 12, 24],
  ['run.googleapis.com/Service', 'services', 2, 4],
  ['secretmanager.googleapis.com/Secret', 'secrets', 2, 4],
] as const

function applicationAssets(project: Project): Asset[] {
  return applicationsOf(project).flatMap((application) => {
    const { name } = application
    const labels: Labels = {
      app: name,
      env: project.folder,
      team: project.team,
      'data-classification': application.classification,
    }
    const draws = drawsOf(`gcp/inventory/${project.id}/${name}`)
    const datasetId = name.replaceAll('-', '_')
    const machines = Array.from({ length: draws.between(3, 9) }, (_, index) => {
      const instance = `${name}-${String(index)}`
      const path = `projects/${project.id}/zones/europe-west1-b/instances/${instance}`
      return asset('compute.googleapis.com/Instance', `//compute.googleapis.com/${path}`, project, 'v1', {
        id: digits(path, 19),
        labels,
        name: instance,
        serviceAccounts: [
          {
            email: project.folder === 'dev' ? computeDefault(project) : emailOf(`${name}-run`, project),
            scopes: ['https://www.googleapis.com/auth/cloud-platform'],
          },
        ],
        status: 'RUNNING',
      })
    })
    const many = MANY.flatMap(([type, plural, low, high]) =>
      Array.from({ length: draws.between(low, high) }, (_, index) => {
        const id = `${name}-${plural.slice(0, -1)}-${String(index)}`
        const service = type.slice(0, type.indexOf('/'))
        const place =
          plural === 'tables' ? `datasets/${datasetId}/tables/${id.replaceAll('-', '_')}` : `${plural}/${id}`
        return asset(type, `//${service}/projects/${project.id}/${place}`, project, 'v1', {
          labels,
          name: `projects/${project.id}/${place}`,
        })
      }),
    )
    return [
      dataset(project, datasetId, labels),
      bucket(project, `${project.id}-${name}`, labels),
      bucket(project, `${project.id}-${name}-staging`, labels),
      ...machines,
      ...many,
    ]
  })
}

function particularAssets(): Asset[] {
  const data = projectNamed(DATASET.project)
  const crown = {
    app: 'event-stream',
    env: 'prod',
    team: 'data-platform',
    'data-classification': 'restricted',
  }
  return [
    dataset(data, DATASET.id, crown),
    bucket(data, 'lumenly-exports-warehouse', {
      env: 'prod',
      team: 'data-platform',
      'data-classification': 'internal',
    }),
    bucket(projectNamed('lumenly-marketing-prod'), 'lumenly-press-kit', {
      env: 'prod',
      team: 'marketing',
      'data-classification': 'public',
    }),
    dataset(projectNamed('lumenly-sandbox'), 'public_demo', { env: 'sandbox' }),
  ]
}

/** Everything that exists in the organization. */
export function assets(): Asset[] {
  return [
    ...hierarchyAssets(),
    ...identityAssets(),
    ...federationAssets(),
    ...PROJECTS.flatMap(applicationAssets),
    ...particularAssets(),
  ]
}

export function assetsFile(): DemoFile {
  return jsonLines('gcp/asset-export-resource.jsonl', assets())
}
