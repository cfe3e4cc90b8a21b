import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'

const entity = record({ id: filledText }, { namespace: text })

/**
 * Direct memberships of a group (Cloud Identity groups.memberships.list), wrapped with the group's e-mail address,
 * which the answer itself does not show. https://docs.cloud.google.com/identity/docs/reference/rest/v1/groups.memberships
 */
export const groupMemberships = listing({
  kind: 'gcp.group-memberships',
  cloud: 'gcp',
  noun: ['group membership', 'group memberships'],
  what: 'group-memberships',
  lists: ['memberships'],
  calls: ['groups memberships list', 'groups.memberships.list', 'groups/memberships', 'memberships.list'],
  looksLike: (row) =>
    own(row, 'preferredMemberKey') !== undefined ||
    /^groups\/[^/]+\/memberships\//.test(ownString(row, 'name') ?? ''),
  row: record(
    { preferredMemberKey: entity },
    {
      name: text,
      type: text,
      roles: listOf(record({ name: filledText }, { expiryDetail: record({}, { expireTime: text }) })),
    },
  ),
  asked: {
    parameters: record({ group: filledText }),
    says: 'these memberships do not say of which group they are',
    remedy:
      'wrap each answer with its group: `gcloud identity groups memberships list --group-email="$g" --format=json | ' +
      `jq -c --arg g "$g" '{call: "gcloud identity groups memberships list", parameters: {group: $g}, response: .}'\``,
  },
})
