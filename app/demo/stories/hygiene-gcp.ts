import { peopleOf } from '../company/people.ts'
import { found } from '../found.ts'
import type { Binding } from '../gcp/binding.ts'
import { groupEmail } from '../gcp/groups.ts'
import { projectNamed } from '../gcp/projects.ts'
import { computeDefault, emailOf } from '../gcp/service-accounts.ts'

type OnResource = {
  readonly project: string
  readonly assetType: string
  readonly resource: string
  readonly bindings: readonly Binding[]
}

function user(team: string, index: number): string {
  return `user:${found(peopleOf(team)[index], `person ${index} of ${team}`).email}`
}

/** The ordinary mess: basic roles, defaults that nobody narrowed, things open to everybody. */
export function messyBindings(): {
  projects: Readonly<Record<string, readonly Binding[]>>
  resources: readonly OnResource[]
} {
  return {
    projects: {
      'lumenly-ml-dev': [{ members: [user('ml', 3)], role: 'roles/owner' }],
      'lumenly-data-dev': [
        {
          members: [`serviceAccount:${computeDefault(projectNamed('lumenly-data-dev'))}`],
          role: 'roles/editor',
        },
      ],
      'lumenly-marketing-prod': [
        { members: [`group:${groupEmail('marketing')}`], role: 'roles/viewer' },
        {
          members: [`serviceAccount:${emailOf('campaigns-export', projectNamed('lumenly-marketing-prod'))}`],
          role: 'roles/bigquery.admin',
        },
      ],
      'lumenly-sandbox': [
        { members: [`group:${groupEmail('ml')}`], role: 'roles/editor' },
        {
          members: [`serviceAccount:${emailOf('notebooks', projectNamed('lumenly-sandbox'))}`],
          role: 'roles/editor',
        },
      ],
      'lumenly-search-dev': [
        { members: [`group:${groupEmail('search')}`], role: 'roles/iam.serviceAccountUser' },
        { members: [user('search', 4)], role: 'roles/iam.serviceAccountTokenCreator' },
      ],
    },
    resources: [
      {
        project: 'lumenly-marketing-prod',
        assetType: 'storage.googleapis.com/Bucket',
        resource: '//storage.googleapis.com/lumenly-press-kit',
        bindings: [{ members: ['allUsers'], role: 'roles/storage.objectViewer' }],
      },
      {
        project: 'lumenly-sandbox',
        assetType: 'bigquery.googleapis.com/Dataset',
        resource: '//bigquery.googleapis.com/projects/lumenly-sandbox/datasets/public_demo',
        bindings: [{ members: ['allAuthenticatedUsers'], role: 'roles/bigquery.dataViewer' }],
      },
      {
        project: 'lumenly-data-prod',
        assetType: 'storage.googleapis.com/Bucket',
        resource: '//storage.googleapis.com/lumenly-exports-warehouse',
        bindings: [
          { members: [`group:${groupEmail('data-consumers')}`], role: 'roles/storage.objectViewer' },
        ],
      },
    ],
  }
}
