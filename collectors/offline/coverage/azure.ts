import type { Gap } from '../../../graph/index.ts'
import { type Coverage, type CoverageRow, missingRows, type Seen } from './coverage.ts'

const ASSIGNMENTS = ['azure.role-assignments', 'azure.azurehound'] as const
const APPLICATIONS = ['azure.applications', 'azure.service-principals'] as const

const ROWS: readonly CoverageRow[] = [
  {
    what: 'role-assignments',
    when: [
      'azure.role-definitions',
      'azure.subscriptions',
      'azure.management-groups',
      'azure.resources',
      'azure.users',
    ],
    by: ASSIGNMENTS,
    consequence: 'nobody’s access to subscriptions is known: there are no role assignments',
    remedy: 'az role assignment list --all -o json, for each subscription',
  },
  {
    what: 'role-definitions',
    when: ASSIGNMENTS,
    by: ['azure.role-definitions'],
    consequence: 'what the assigned roles allow is not known',
    remedy: 'az role definition list -o json',
  },
  {
    what: 'management-groups',
    when: ASSIGNMENTS,
    by: ['azure.management-groups', 'azure.azurehound'],
    consequence:
      'which subscriptions are below which management group is not known: inherited access cannot be told',
    remedy: 'az account management-group show --name ID --expand --recurse -o json',
  },
  {
    what: 'deny-assignments',
    when: ASSIGNMENTS,
    by: ['azure.deny-assignments'],
    consequence: 'deny assignments are not known: what seems allowed may be denied by one',
    remedy:
      'az rest --url "/subscriptions/ID/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01"',
  },
  {
    what: 'users',
    when: ASSIGNMENTS,
    by: ['azure.users', 'azure.azurehound'],
    consequence: 'who the users are (names, guests, disabled ones) is not known',
    remedy: 'az ad user list -o json',
  },
  {
    what: 'group-members',
    when: ASSIGNMENTS,
    by: ['azure.group-members', 'azure.azurehound'],
    consequence: 'who is in a group is not known: access granted to groups cannot be told of people',
    remedy: 'az ad group member list --group ID -o json, for each group',
  },
  {
    what: 'service-principals',
    when: ASSIGNMENTS,
    by: ['azure.service-principals', 'azure.azurehound'],
    consequence: 'which applications and managed identities the assignments mean is not known',
    remedy: 'az ad sp list --all -o json',
  },
  {
    what: 'owners',
    when: APPLICATIONS,
    by: ['azure.owners', 'azure.azurehound'],
    consequence: 'who can add credentials to applications, and so become them, is not known',
    remedy: 'az ad app owner list --id ID -o json, for each application',
  },
  {
    what: 'federated-credentials',
    when: APPLICATIONS,
    by: ['azure.federated-credentials', 'azure.azurehound'],
    consequence: 'which outside workloads can sign in as an application is not known',
    remedy: 'az ad app federated-credential list --id ID -o json, for each application',
  },
  {
    what: 'directory-roles',
    when: [...ASSIGNMENTS, 'azure.users'],
    by: ['azure.directory-role-assignments', 'azure.azurehound'],
    consequence: 'who administers the directory is not known',
    remedy: 'az rest --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments',
  },
  {
    what: 'app-role-assignments',
    when: [...ASSIGNMENTS, ...APPLICATIONS, 'azure.directory-role-assignments'],
    by: ['azure.app-role-assignments', 'azure.azurehound'],
    consequence:
      'which applications have permissions of Microsoft Graph, and so rule the directory, is not known',
    remedy: 'az rest --url https://graph.microsoft.com/v1.0/servicePrincipals/ID/appRoleAssignedTo',
  },
]

export const azureCoverage: Coverage = (seen) => [
  ...missingRows('azure', ROWS, seen),
  ...narrow(seen),
  ...delegated(seen),
]

/**
 * Subscriptions of which only assignments on the subscription itself were given. Without `--all`, `az role assignment
 * list` leaves out those on what it holds and those that it inherits; with it, everything is in the answer.
 * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-cli
 */
function narrow(seen: readonly Seen[]): Gap[] {
  if (seen.some(({ kind }) => kind === 'azure.azurehound')) return []
  const told = (reach: string) =>
    seen
      .filter(({ kind }) => kind === 'azure.role-assignments')
      .flatMap(({ mentions }) => mentions.filter((mention) => mention.startsWith(reach)))
      .map((mention) => mention.slice(reach.length))
  const beyond = new Set(told('beyond:'))
  return [...new Set(told('on:'))]
    .filter((subscription) => !beyond.has(subscription))
    .map((scope) => ({
      kind: 'not-collected',
      cloud: 'azure',
      scope,
      what: 'role-assignments',
      consequence:
        'only assignments on the subscription itself are in the export: those on what it holds, and those inherited from management groups, may be missing',
      remedy: `az role assignment list --all --subscription ${scope} -o json`,
    }))
}

/**
 * Lighthouse registrations that something tells of and no export brings: who of another tenant has access is not known.
 * Nobody of the tenant itself gets any by them.
 */
function delegated(seen: readonly Seen[]): Gap[] {
  const told = (word: string): string[] =>
    seen.flatMap(({ mentions }) => mentions.filter((each) => each.startsWith(word)))
  const defined = new Set(told('defines:'))
  const needed = [...new Set(told('needs:'))].filter(
    (each) => !defined.has(each.replace('needs:', 'defines:')),
  )
  const managed = told('registrations').length > 0 ? [] : [...new Set(told('managed:'))]
  return [...needed, ...managed].map((each) => ({
    kind: 'not-collected',
    cloud: 'azure',
    scope: each.slice(each.indexOf(':') + 1),
    what: 'delegations',
    consequence: 'which principals of another tenant have access by Azure Lighthouse is not known',
    remedy: 'az managedservices assignment list --include-definition true -o json, for each subscription',
  }))
}

/** Which row a refused call belongs to, by words of its action or message; the first that fits. */
export const AZURE_COMMANDS: readonly (readonly [what: string, words: readonly string[]])[] = [
  ['role-assignments', ['roleAssignments']],
  ['role-definitions', ['roleDefinitions']],
  ['deny-assignments', ['denyAssignments']],
  ['delegations', ['managedservices']],
  ['management-groups', ['managementGroups']],
  ['group-members', ['member']],
  ['directory', ['']],
]
