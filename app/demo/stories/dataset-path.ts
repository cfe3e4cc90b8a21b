import { COMPANY } from '../company/company.ts'
import { uuid } from '../identifiers.ts'

/** The Entra tenant. */
export const TENANT_ID = uuid('entra/tenant')

/** Story S2, the contractor: a guest who owns an application. */
export const CONTRACTOR = {
  id: uuid('entra/guest/ravi.menon'),
  displayName: 'Ravi Menon',
  mail: 'ravi.menon@brightforge.example',
  userPrincipalName: `ravi.menon_brightforge.example#EXT#@${COMPANY.domain}`,
} as const

/** The application he owns, and its service principal in the tenant. */
export const SYNC_APPLICATION = {
  displayName: 'customer-events-sync',
  objectId: uuid('entra/app/customer-events-sync'),
  appId: uuid('entra/app-id/customer-events-sync'),
  servicePrincipalId: uuid('entra/sp/customer-events-sync'),
} as const

/** The Google workload identity pool that trusts the tenant. */
export const FEDERATION = {
  project: 'lumenly-federation',
  pool: 'entra-workloads',
  provider: 'lumenly-entra',
  issuer: `https://sts.windows.net/${TENANT_ID}/`,
  audience: 'api://lumenly-gcp-federation',
} as const

/** The service account that the pool's subject may impersonate. */
export const DATASET_READER = {
  project: 'lumenly-data-prod',
  email: 'customer-events-reader@lumenly-data-prod.iam.gserviceaccount.com',
} as const

/** The second crown jewel. */
export const DATASET = { project: 'lumenly-data-prod', id: 'customer_events' } as const
export const DATASET_RESOURCE = `//bigquery.googleapis.com/projects/${DATASET.project}/datasets/${DATASET.id}`

/** The member that the binding on the service account names. */
export function federatedMember(poolProjectNumber: string): string {
  const pool = `projects/${poolProjectNumber}/locations/global/workloadIdentityPools/${FEDERATION.pool}`
  return `principal://iam.googleapis.com/${pool}/subject/${SYNC_APPLICATION.servicePrincipalId}`
}
