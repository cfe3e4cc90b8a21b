import type { Gap } from '../../../../graph/index.ts'
import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, flag, listOf, record, text } from '../../record-shape.ts'

/**
 * Role definitions (google.iam.admin.v1.Role): one as `roles describe` prints it, or a list. `roles list` leaves the
 * permissions out. https://docs.cloud.google.com/iam/docs/reference/rest/v1/roles
 */
export const roles = listing({
  kind: 'gcp.roles',
  cloud: 'gcp',
  noun: ['role', 'roles'],
  what: 'role-definitions',
  lists: ['roles'],
  calls: [/iam roles (list|describe)|\broles\.(list|get)\b|iam.*\b(ListRoles|GetRole)\b/i],
  looksLike: (row) =>
    own(row, 'includedPermissions') !== undefined || /(^|\/)roles\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText },
    { title: text, description: text, includedPermissions: listOf(text), stage: text, deleted: flag },
  ),
  id: (row) => (own(row, 'includedPermissions') === undefined ? undefined : ownString(row, 'name')),
  scope: (row) => /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(ownString(row, 'name') ?? '')?.[1],
  gaps: (rows) => {
    let without = 0
    for (const row of rows) {
      if (own(row, 'includedPermissions') !== undefined) return []
      without++
    }
    return without < 2 ? [] : [withoutPermissions(without)]
  },
})

/** A single role without permissions may really have none; a whole list has them left out. */
function withoutPermissions(count: number): Gap {
  return {
    kind: 'truncated',
    cloud: 'gcp',
    scope: '*',
    what: 'role-definitions',
    consequence: `the permissions of ${count} listed roles are not known: the listing leaves them out`,
    remedy: 'run `gcloud iam roles describe ROLE --format=json` for each role, or list with the full view',
  }
}
