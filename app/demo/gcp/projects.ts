import { applicationsIn } from '../company/applications.ts'
import type { Application } from '../company/applications.ts'
import { COMPANY } from '../company/company.ts'
import { found } from '../found.ts'
import { digits } from '../identifiers.ts'

export type FolderName = 'prod' | 'staging' | 'dev' | 'platform' | 'sandbox'

/** The Google Cloud organization. */
export const ORGANIZATION = {
  id: digits('gcp/organization', 12),
  domain: COMPANY.domain,
  customerId: 'C03lumen1',
}

export const FOLDERS: readonly FolderName[] = ['prod', 'staging', 'dev', 'platform', 'sandbox']

export function folderId(folder: FolderName): string {
  return digits(`gcp/folder/${folder}`, 12)
}

/** One project. */
export type Project = {
  readonly id: string
  readonly number: string
  readonly folder: FolderName
  readonly team: string
}

const ROWS: readonly (readonly [suffix: string, folder: FolderName, team: string])[] = [
  ['data-prod', 'prod', 'data-platform'],
  ['ml-prod', 'prod', 'ml'],
  ['search-prod', 'prod', 'search'],
  ['analytics-prod', 'prod', 'product'],
  ['marketing-prod', 'prod', 'marketing'],
  ['data-stg', 'staging', 'data-platform'],
  ['ml-stg', 'staging', 'ml'],
  ['search-stg', 'staging', 'search'],
  ['data-dev', 'dev', 'data-platform'],
  ['ml-dev', 'dev', 'ml'],
  ['search-dev', 'dev', 'search'],
  ['federation', 'platform', 'platform'],
  ['logging', 'platform', 'platform'],
  ['sandbox', 'sandbox', 'ml'],
]

export const PROJECTS: readonly Project[] = ROWS.map(([suffix, folder, team]) => ({
  id: `${COMPANY.slug}-${suffix}`,
  number: digits(`gcp/project/${suffix}`, 12),
  folder,
  team,
}))

export function projectNamed(id: string): Project {
  return found(
    PROJECTS.find((project) => project.id === id),
    `project ${id}`,
  )
}

/** The applications that run in the project: those of its team. */
export function applicationsOf(project: Project): Application[] {
  return applicationsIn('gcp').filter((application) => application.team === project.team)
}

/** From the project up, as Cloud Asset lists ancestors. */
export function ancestorsOf(project: Project): string[] {
  return [
    `projects/${project.number}`,
    `folders/${folderId(project.folder)}`,
    `organizations/${ORGANIZATION.id}`,
  ]
}
