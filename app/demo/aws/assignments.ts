import { peopleOf, storyPerson } from '../company/people.ts'
import type { Person } from '../company/people.ts'
import { teamsIn } from '../company/teams.ts'
import type { Week } from '../demo-file.ts'
import { uuid } from '../identifiers.ts'
import { hasLeft } from '../stories/leaver.ts'
import { ACCOUNTS } from './accounts.ts'

/** A group of Identity Center; teams have one each. */
export type IdentityGroup = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly members: readonly Person[]
}

/** Who may use a permission set in which account. */
export type Assignment = {
  readonly permissionSet: string
  readonly account: string
  readonly to: { readonly group: string } | { readonly person: Person }
}

/** Everybody with an account in Identity Center. A leaver's account is removed there. */
export function identityCenterPeople(week: Week): Person[] {
  const leaver = storyPerson('leaver')
  return teamsIn('aws')
    .flatMap((team) => peopleOf(team.name))
    .filter((person) => !(hasLeft(week) && person === leaver))
}

function group(name: string, description: string, members: readonly Person[]): IdentityGroup {
  return { id: uuid(`identity-center/group/${name}`), name, description, members }
}

/** Platform engineers without a part in the stories. */
function platformEngineers(): Person[] {
  const inStories = [storyPerson('releaseEngineer'), storyPerson('releaseLead')]
  return peopleOf('platform').filter((person) => !inStories.includes(person))
}

export function identityGroups(week: Week): IdentityGroup[] {
  const active = identityCenterPeople(week)
  const platform = platformEngineers()
  return [
    ...teamsIn('aws').map((team) =>
      group(
        `team-${team.name}`,
        `Everyone in ${team.name}`,
        active.filter((person) => person.team === team.name),
      ),
    ),
    group('cloud-admins', 'Administrators of the less sensitive accounts', platform.slice(0, 3)),
    group('network-operators', 'Routes and firewalls', platform.slice(3, 7)),
    group('release-engineers', 'Release by hand', [storyPerson('releaseEngineer')]),
    group('incident-commanders', 'On call', [...platform.slice(7, 9), ...peopleOf('security').slice(0, 2)]),
    group(
      'data-analysts',
      'Query the lake',
      peopleOf('data-platform').filter((person) => active.includes(person)),
    ),
  ]
}

const TEAM_ASSIGNMENTS: readonly (readonly [
  team: string,
  permissionSet: string,
  accounts: readonly string[],
])[] = [
  ['payments', 'ViewOnly', ['payments-prod']],
  ['payroll', 'PayrollOperator', ['payroll-prod']],
  ['ledger', 'ReadOnly', ['ledger-prod']],
  ['search', 'ReadOnly', ['search-prod']],
  ['web', 'ReadOnly', ['web-prod']],
  ['mobile', 'ReadOnly', ['web-prod']],
  ['integrations', 'ReadOnly', ['web-prod']],
  ['data-platform', 'ReadOnly', ['data-prod', 'data-staging']],
  ['data-platform', 'PowerUser', ['data-dev', 'sandbox-engineering']],
  ['platform', 'ViewOnly', ['tooling', 'platform-prod', 'network', 'log-archive']],
  ['security', 'SecurityAudit', ACCOUNTS.map((account) => account.name)],
  ['security', 'SecurityResponder', ['security-tooling']],
  ['finance', 'Billing', ['management']],
]

const PRODUCT_TEAMS = ['payments', 'payroll', 'ledger', 'search', 'web', 'mobile', 'integrations']

function toGroup(groupName: string, permissionSet: string, accounts: readonly string[]): Assignment[] {
  return accounts.map((account) => ({ permissionSet, account, to: { group: groupName } }))
}

/** All assignments, the same in both weeks. */
export function assignments(): Assignment[] {
  return [
    ...TEAM_ASSIGNMENTS.flatMap(([team, set, accounts]) => toGroup(`team-${team}`, set, accounts)),
    ...PRODUCT_TEAMS.flatMap((team) => [
      ...toGroup(`team-${team}`, 'Developer', ['product-staging']),
      ...toGroup(`team-${team}`, 'PowerUser', ['product-dev', 'sandbox-engineering']),
    ]),
    ...toGroup('cloud-admins', 'Administrator', [
      'web-prod',
      'data-prod',
      'sandbox-engineering',
      'sandbox-labs',
    ]),
    ...toGroup('cloud-admins', 'OrganizationReader', ['management']),
    ...toGroup('network-operators', 'NetworkOperator', ['network']),
    ...toGroup('incident-commanders', 'ViewOnly', ['payments-prod', 'payroll-prod', 'ledger-prod']),
    ...toGroup('data-analysts', 'DataAnalyst', ['data-prod']),
    ...toGroup('release-engineers', 'ReleaseEngineer', ['tooling']),
    { permissionSet: 'ReleaseEngineer', account: 'tooling', to: { person: storyPerson('releaseLead') } },
    {
      permissionSet: 'PayrollDataReader',
      account: 'payroll-prod',
      to: { person: storyPerson('payrollLead') },
    },
  ]
}
