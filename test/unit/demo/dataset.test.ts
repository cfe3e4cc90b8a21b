import { describe, expect, it } from 'vitest'

import { type Week } from '../../../app/demo/index.ts'
import {
  CONTRACTOR,
  DATASET_READER,
  DATASET_RESOURCE,
  FEDERATION,
  SYNC_APPLICATION,
  TENANT_ID,
} from '../../../app/demo/stories/dataset-path.ts'
import { assets, gcpPolicies, googleMembers, lines, parsed, paths, rows } from './exports.ts'
import { type CallAnswer, type GcpPolicyRow, type GraphUser } from './shapes.ts'

const READ = 'bigquery.tables.getData'
/** Any of these, held by a person on the way to the dataset, would make another way in. */
const TAKES_OVER =
  /\.setIamPolicy$|^iam\.serviceAccounts\.(actAs|getAccessToken|signBlob|signJwt|implicitDelegation|getOpenIdToken)$|^iam\.serviceAccountKeys\.create$|^iam\.roles\.update$/

type Role = { name: string; includedPermissions: string[] }
type Project = { projectId: string; parent: { id: string } }

function rolesGiving(week: Week, permission: (name: string) => boolean): Set<string> {
  return new Set(
    paths(week, /^gcp\/roles\//)
      .map((path) => parsed(week, path) as Role)
      .filter((role) => role.includedPermissions.some(permission))
      .map((role) => role.name),
  )
}

function members(week: Week): Map<string, string[]> {
  return new Map(
    [...googleMembers(week)].map(([group, all]) => [group, all.map((each) => each.preferredMemberKey.id)]),
  )
}

/** People behind a binding member, groups opened. */
function peopleBehind(member: string, groups: Map<string, string[]>): string[] {
  const [kind, email = ''] = member.split(':')
  if (kind === 'user') return [email]
  if (kind !== 'group') return []
  return (groups.get(email) ?? []).flatMap((each) =>
    peopleBehind(groups.has(each) ? `group:${each}` : `user:${each}`, groups),
  )
}

/** Policies on the dataset, its project, folder and organization, and on service accounts of the project. */
function policiesAbove(week: Week): GcpPolicyRow[] {
  const projects = rows(week, 'gcp/projects.json') as Project[]
  const folder = projects.find((each) => each.projectId === DATASET_READER.project)?.parent.id
  return gcpPolicies(week).filter(
    ({ resource }) =>
      resource === DATASET_RESOURCE ||
      resource.endsWith(`/projects/${DATASET_READER.project}`) ||
      resource.endsWith(`/folders/${String(folder)}`) ||
      resource.includes('/organizations/') ||
      resource.startsWith(`//iam.googleapis.com/projects/${DATASET_READER.project}/serviceAccounts/`),
  )
}

function peopleHolding(week: Week, roles: Set<string>): string[] {
  const groups = members(week)
  const holders = policiesAbove(week)
    .flatMap((row) => row.policy.bindings)
    .filter((binding) => roles.has(binding.role))
    .flatMap((binding) => binding.members)
    .flatMap((member) => peopleBehind(member, groups))
  return [...new Set(holders)].sort()
}

describe('story S2: a guest, an application, a federation, a dataset', () => {
  for (const week of [1, 2] as const) {
    it(`week ${String(week)}: by grant only the four of customer insights read it`, () => {
      const insights = members(week).get('gcp-customer-insights@lumenly.example') ?? []
      expect(insights).toHaveLength(4)
      expect(
        peopleHolding(
          week,
          rolesGiving(week, (name) => name === READ),
        ),
      ).toEqual([...insights].sort())
      expect(
        peopleHolding(
          week,
          rolesGiving(week, (name) => TAKES_OVER.test(name)),
        ),
      ).toEqual([])
    })

    it(`week ${String(week)}: every link of the path is there`, () => {
      const users = rows(week, 'azure/graph-users.json', 'value') as GraphUser[]
      expect(users.find((each) => each.id === CONTRACTOR.id)).toMatchObject({
        userType: 'Guest',
        accountEnabled: true,
      })
      const owners = lines(week, 'azure/ad-app-owners.jsonl') as CallAnswer<{ id: string }[]>[]
      const owned = owners.find((row) => row.parameters['id'] === SYNC_APPLICATION.objectId)
      expect(owned?.response.map((each) => each.id)).toEqual([CONTRACTOR.id])
      const principals = rows(week, 'azure/ad-sp-list.json') as { id: string; appId: string }[]
      const principal = principals.find((each) => each.id === SYNC_APPLICATION.servicePrincipalId)
      expect(principal?.appId).toBe(SYNC_APPLICATION.appId)

      const provider = assets(week).find((each) => each.name.endsWith(`/providers/${FEDERATION.provider}`))
      expect(provider?.resource.data.oidc?.issuerUri).toBe(`https://sts.windows.net/${TENANT_ID}/`)
      expect(provider?.resource.data.attributeMapping?.['google.subject']).toBe('assertion.sub')

      const account = assets(week).find((each) => each.resource.data.email === DATASET_READER.email)
      const impersonation = gcpPolicies(week).find((row) => row.resource === account?.name)
      const pool = String(provider?.name)
        .replace('//', '')
        .replace(/\/providers\/.*/, '')
      expect(impersonation?.policy.bindings).toEqual([
        {
          members: [`principal://${pool}/subject/${SYNC_APPLICATION.servicePrincipalId}`],
          role: 'roles/iam.workloadIdentityUser',
        },
      ])
      const dataset = gcpPolicies(week).find((row) => row.resource === DATASET_RESOURCE)
      expect(dataset?.policy.bindings[0]?.members).toContain(`serviceAccount:${DATASET_READER.email}`)
    })
  }
})
