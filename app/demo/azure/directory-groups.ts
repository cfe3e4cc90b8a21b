import { callAnswer } from '../call-answer.ts'
import { daysAgo } from '../clock.ts'
import { PEOPLE, peopleOf, storyPerson } from '../company/people.ts'
import type { Person } from '../company/people.ts'
import { TEAMS } from '../company/teams.ts'
import { json, jsonLines } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { digits, uuid } from '../identifiers.ts'

/** A security group of Entra. */
export type DirectoryGroup = {
  readonly name: string
  readonly id: string
  readonly description: string
  readonly members: readonly Person[]
}

function group(name: string, description: string, members: readonly Person[]): DirectoryGroup {
  return { name, id: directoryGroupId(name), description, members }
}

export function directoryGroupId(name: string): string {
  return uuid(`entra/group/${name}`)
}

/** What people may do in Azure follows from a handful of groups; the rest are mailing and licence groups. */
const LICENCES = [
  'office',
  'video-calls',
  'design',
  'developer-tools',
  'crm',
  'expenses',
  'travel',
  'learning',
  'payslips',
]

export function directoryGroups(): DirectoryGroup[] {
  const leaver = storyPerson('leaver')
  const staff = PEOPLE.filter((person) => person !== leaver)
  const businessApplications = [...peopleOf('finance').slice(0, 4), ...peopleOf('it').slice(0, 2)]
  return [
    ...TEAMS.map((team) =>
      group(
        `team-${team.name}`,
        `Everyone in ${team.name}`,
        staff.filter((person) => person.team === team.name),
      ),
    ),
    group('azure-erp-operators', 'Run the ERP', businessApplications),
    group('azure-support-operators', 'Run the help desk', peopleOf('support').slice(0, 5)),
    group('azure-it-operators', 'Run corporate IT', peopleOf('it').slice(0, 4)),
    group('azure-network-operators', 'Hubs and firewalls', peopleOf('platform').slice(3, 6)),
    group('azure-security-readers', 'See security state', peopleOf('security')),
    group('azure-cost-readers', 'See cost', peopleOf('finance').slice(2, 6)),
    group('azure-developers', 'Build in development', peopleOf('it').slice(2)),
    ...LICENCES.map((licence, index) =>
      group(
        `licence-${licence}`,
        `People with ${licence}`,
        staff.filter((_, person) => person % (index + 2) === 0),
      ),
    ),
  ]
}

/** `az ad group list`, and `az ad group member list` of each group with the group it was asked for. */
export function groupFiles(): DemoFile[] {
  const groups = directoryGroups()
  return [
    json(
      'azure/ad-group-list.json',
      groups.map((each) => ({
        classification: null,
        createdDateTime: daysAgo(1200),
        deletedDateTime: null,
        description: each.description,
        displayName: each.name,
        expirationDateTime: null,
        groupTypes: [],
        id: each.id,
        isAssignableToRole: null,
        mail: null,
        mailEnabled: false,
        mailNickname: each.name,
        membershipRule: null,
        membershipRuleProcessingState: null,
        onPremisesSyncEnabled: null,
        securityEnabled: true,
        securityIdentifier: `S-1-12-1-${digits(`sid/${each.name}`, 10)}`,
        visibility: null,
      })),
    ),
    jsonLines(
      'azure/ad-group-members.jsonl',
      groups.map((each) =>
        callAnswer(
          'az ad group member list',
          { group: each.id },
          each.members.map((person) => ({
            '@odata.type': '#microsoft.graph.user',
            businessPhones: [],
            displayName: `${person.given} ${person.family}`,
            givenName: person.given,
            id: person.entraId,
            jobTitle: person.title,
            mail: person.email,
            mobilePhone: null,
            officeLocation: null,
            preferredLanguage: null,
            surname: person.family,
            userPrincipalName: person.email,
          })),
        ),
      ),
    ),
  ]
}
