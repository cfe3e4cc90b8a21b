import { callAnswer } from '../call-answer.ts'
import { COMPANY } from '../company/company.ts'
import { peopleOf, storyPerson } from '../company/people.ts'
import { teamsIn } from '../company/teams.ts'
import { jsonLines } from '../demo-file.ts'
import type { DemoFile, Week } from '../demo-file.ts'
import { digits, lowerAlphanumeric } from '../identifiers.ts'
import { hasLeft } from '../stories/leaver.ts'

/** A Google group; members are e-mails of people or of other groups. */
type Group = { readonly email: string; readonly members: readonly string[] }

export function groupEmail(name: string): string {
  return `gcp-${name}@${COMPANY.domain}`
}

function emails(team: string): string[] {
  return peopleOf(team).map((person) => person.email)
}

/** Groups nest: data consumers are the analysts and the insights group. */
function allGroups(): Group[] {
  const teams = teamsIn('gcp').map((team) => ({ email: groupEmail(team.name), members: emails(team.name) }))
  return [
    ...teams,
    // empty on purpose: membership comes for an hour from the privileged access manager
    { email: groupEmail('organization-admins'), members: [] },
    { email: groupEmail('platform-admins'), members: emails('platform').slice(2, 5) },
    { email: groupEmail('customer-insights'), members: emails('product').slice(0, 4) },
    { email: groupEmail('analysts'), members: [...emails('product').slice(4), ...emails('marketing')] },
    {
      email: groupEmail('data-consumers'),
      members: [groupEmail('analysts'), groupEmail('customer-insights')],
    },
    { email: groupEmail('billing'), members: emails('platform').slice(5, 7) },
    { email: groupEmail('ml-leads'), members: emails('ml').slice(0, 2) },
    {
      email: groupEmail('on-call'),
      members: [...emails('platform').slice(7, 9), ...emails('data-platform').slice(1, 3)],
    },
  ]
}

export function googleGroups(week: Week): Group[] {
  const leaver = storyPerson('leaver').email
  return allGroups().map((group) =>
    hasLeft(week) ? { ...group, members: group.members.filter((member) => member !== leaver) } : group,
  )
}

/** Answers of Cloud Identity `groups.memberships.list` (view FULL), each with the group it was asked for. */
export function groupMembershipsFile(week: Week): DemoFile {
  return jsonLines(
    'gcp/group-memberships.jsonl',
    googleGroups(week).map((group) => {
      const id = lowerAlphanumeric(`gcp/group/${group.email}`, 15)
      const memberships = group.members.map((member) => ({
        name: `groups/${id}/memberships/${digits(`gcp/membership/${group.email}/${member}`, 21)}`,
        preferredMemberKey: { id: member },
        roles: [{ name: 'MEMBER' }],
        type: member.startsWith('gcp-') ? 'GROUP' : 'USER',
      }))
      return callAnswer(
        'cloudidentity:groups.memberships.list',
        { group: group.email },
        memberships.length === 0 ? {} : { memberships },
      )
    }),
  )
}
