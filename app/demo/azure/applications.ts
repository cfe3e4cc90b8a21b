import { applicationsIn } from '../company/applications.ts'
import { peopleOf } from '../company/people.ts'
import { uuid } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { CONTRACTOR, SYNC_APPLICATION } from '../stories/dataset-path.ts'

/** An application registration and its service principal. */
export type DirectoryApplication = {
  readonly name: string
  readonly objectId: string
  readonly appId: string
  readonly servicePrincipalId: string
  /** Object ids of the owners of the registration. */
  readonly owners: readonly string[]
  /** Client secrets: made and ending that many days before (negative: after) the first export. */
  readonly secrets: readonly { readonly made: number; readonly ends: number }[]
  readonly federated?: { readonly issuer: string; readonly subject: string }
}

const GITHUB = 'https://token.actions.githubusercontent.com'

/** Automations besides the applications: name and owning team; no team means nobody owns it any more. */
const AUTOMATIONS: readonly (readonly [name: string, team: string | null])[] = [
  ['terraform-azure', 'platform'],
  ['github-deploy-erp', 'finance'],
  ['github-deploy-support', 'support'],
  ['sentinel-connector', 'security'],
  ['erp-nightly-import', 'finance'],
  ['invoice-ocr', 'finance'],
  ['hr-import', 'people'],
  ['vpn-provisioner', 'it'],
  ['device-reporting', 'it'],
  ['mailroom', 'it'],
  ['cost-export', 'finance'],
  ['transcript-search', 'support'],
  ['chat-bridge', 'support'],
  ['badge-printer', 'people'],
  ['room-displays', 'it'],
  ['phishing-trainer', 'security'],
  ['survey-sync', 'people'],
  ['contract-archive', 'legal'],
  ['quote-builder', 'sales'],
  ['lead-router', 'sales'],
  ['newsletter-sync', 'marketing'],
  ['dashboard-embed', 'product'],
  ['legacy-crm-sync', null],
  ['power-connector', null],
  ['backup-operator-2023', null],
]

const FEDERATED: Readonly<Record<string, { issuer: string; subject: string }>> = {
  'github-deploy-erp': { issuer: GITHUB, subject: 'repo:lumenly/erp:environment:production' },
  'github-deploy-support': { issuer: GITHUB, subject: 'repo:lumenly/support-portal:environment:production' },
}

function secretsOf(name: string): { made: number; ends: number }[] {
  if (FEDERATED[name] !== undefined) return []
  const made = drawsOf(`secret/${name}`).between(20, 340)
  return [{ made, ends: made - 365 }]
}

function application(name: string, owners: readonly string[]): DirectoryApplication {
  const federated = FEDERATED[name]
  return {
    name,
    objectId: uuid(`entra/app/${name}`),
    appId: uuid(`entra/app-id/${name}`),
    servicePrincipalId: uuid(`entra/sp/${name}`),
    owners,
    secrets: secretsOf(name),
    ...(federated === undefined ? {} : { federated }),
  }
}

function ownersOf(name: string, team: string): string[] {
  return drawsOf(`owners/${name}`)
    .some(peopleOf(team), 2)
    .map((person) => person.entraId)
}

/** Every application registration; the contractor owns one of them (story S2). */
export const DIRECTORY_APPLICATIONS: readonly DirectoryApplication[] = [
  ...applicationsIn('azure').flatMap(({ name, team }) =>
    ['prod', 'dev'].map((environment) => application(`${name}-${environment}`, ownersOf(name, team))),
  ),
  ...AUTOMATIONS.map(([name, team]) => application(name, team === null ? [] : ownersOf(name, team))),
  {
    name: SYNC_APPLICATION.displayName,
    objectId: SYNC_APPLICATION.objectId,
    appId: SYNC_APPLICATION.appId,
    servicePrincipalId: SYNC_APPLICATION.servicePrincipalId,
    owners: [CONTRACTOR.id],
    secrets: [{ made: 121, ends: -244 }],
  },
]
