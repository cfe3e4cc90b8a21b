import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { dependingOn, filledText, listOf, record, text } from '../../record-shape.ts'

const entity = record({ id: filledText }, { namespace: text })
const details = {
  name: text,
  type: text,
  roles: listOf(record({ name: filledText }, { expiryDetail: record({}, { expireTime: text }) })),
}
const newer = record({ preferredMemberKey: entity }, details)
const older = record({ memberKey: entity }, details)

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
  calls: [/groups memberships list|groups\.memberships\.list|groups\/[^/]+\/memberships/i],
  looksLike: (row) =>
    own(row, 'preferredMemberKey') !== undefined ||
    /^groups\/[^/]+\/memberships\//.test(ownString(row, 'name') ?? ''),
  row: dependingOn((row) => (own(row, 'preferredMemberKey') === undefined ? older : newer)),
  asked: {
    about: 'group',
    parameters: record({ group: filledText }),
    says: 'these memberships do not say of which group they are',
    remedy:
      'wrap each answer with its group: `gcloud identity groups memberships list --group-email="$g" --format=json | ' +
      `jq -c --arg g "$g" '{call: "gcloud identity groups memberships list", parameters: {group: $g}, response: .}'\``,
  },
})
