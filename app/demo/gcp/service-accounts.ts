import { daysAgo } from '../clock.ts'
import { digits, hex } from '../identifiers.ts'
import { DATASET_READER } from '../stories/dataset-path.ts'
import { PROJECTS, applicationsOf } from './projects.ts'
import type { Project } from './projects.ts'

/** A service account and the keys somebody downloaded for it. */
export type ServiceAccount = {
  readonly project: Project
  readonly email: string
  readonly uniqueId: string
  readonly displayName: string
  /** Ages of the user-managed keys, in days before the first export. */
  readonly keyAges: readonly number[]
}

/** The few that have downloaded keys, with their ages. */
const KEYS: Readonly<Record<string, readonly number[]>> = {
  'campaigns-export@lumenly-marketing-prod.iam.gserviceaccount.com': [733],
  'warehouse-loader@lumenly-data-prod.iam.gserviceaccount.com': [212],
  'ranking-ci@lumenly-search-stg.iam.gserviceaccount.com': [148, 31],
  'notebooks@lumenly-sandbox.iam.gserviceaccount.com': [402],
}

function account(project: Project, email: string, displayName: string): ServiceAccount {
  return {
    project,
    email,
    displayName,
    uniqueId: `1${digits(`gcp/sa/${email}`, 20)}`,
    keyAges: KEYS[email] ?? [],
  }
}

export function emailOf(name: string, project: Project): string {
  return `${name}@${project.id}.iam.gserviceaccount.com`
}

/** Google's default for virtual machines. */
export function computeDefault(project: Project): string {
  return `${project.number}-compute@developer.gserviceaccount.com`
}

function accountsOf(project: Project): ServiceAccount[] {
  const own = (name: string, displayName: string) => account(project, emailOf(name, project), displayName)
  return [
    account(project, computeDefault(project), 'Compute Engine default service account'),
    own('terraform', 'Infrastructure as code'),
    ...applicationsOf(project).flatMap(({ name }) => [
      own(`${name}-run`, `Runs ${name}`),
      own(`${name}-loader`, `Loads data for ${name}`),
      own(`${name}-ci`, `Deploys ${name}`),
      own(`${name}-export`, `Exports from ${name}`),
    ]),
  ]
}

export const SERVICE_ACCOUNTS: readonly ServiceAccount[] = PROJECTS.flatMap((project) => [
  ...accountsOf(project),
  ...(project.id === DATASET_READER.project
    ? [account(project, DATASET_READER.email, 'Customer events for partners')]
    : []),
  ...(project.id === 'lumenly-sandbox'
    ? [account(project, emailOf('notebooks', project), 'Shared notebooks')]
    : []),
])

/** Key ids look like 40 hexadecimal digits. */
export function keyId(serviceAccount: ServiceAccount, index: number): string {
  return hex(`gcp/key/${serviceAccount.email}/${String(index)}`, 40)
}

export function keyCreated(ageDays: number): string {
  return daysAgo(ageDays, 3600)
}
