import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DELEGATED_PERMISSIONS } from '../../../analyzer/azure/delegated-permissions.ts'
import type { TechniqueCase } from '../../reference/azure-technique-estate.ts'

const CASES = JSON.parse(
  readFileSync(new URL('../../golden/azure-techniques/cases.json', import.meta.url), 'utf8'),
) as readonly TechniqueCase[]
const DIRECTORY = ['directory', 'application', 'group', 'user']

const covering = (rule: string) =>
  DELEGATED_PERMISSIONS.filter(({ covers }) => covers(rule)).map(({ of, scope }) => `${of} ${scope}`)
const MANAGEMENT = 'Azure Resource Manager user_impersonation'

it.each(CASES.map((technique) => [technique.id, technique] as const))(
  'who acts for a user by %s does it at the API that takes the token',
  (id, { whom, ways }) => {
    const needs = ways.flat()
    const byApplication = needs.some(([, on]) => on === 'graph')
    const ofData = needs.some(([, , nature]) => nature === 'data')
    const found = covering(id)
    if (byApplication) expect(found).toEqual([])
    else if (!DIRECTORY.includes(whom)) expect(found.includes(MANAGEMENT)).toBe(!ofData)
    else {
      expect(found.length).toBeGreaterThan(0)
      expect(found.filter((name) => !name.startsWith('Microsoft Graph'))).toEqual([])
    }
  },
)

// https://learn.microsoft.com/graph/api/group-post-members, …/application-post-owners, …/authenticationmethod-resetpassword
it.each([
  ['add-role-group-member', ['Directory.AccessAsUser.All']],
  [
    'application-owner',
    ['Application.ReadWrite.All', 'Directory.ReadWrite.All', 'Directory.AccessAsUser.All'],
  ],
  ['own-application', ['Directory.ReadWrite.All', 'Directory.AccessAsUser.All']],
  [
    'group-owner',
    [
      'Group.ReadWrite.All',
      'GroupMember.ReadWrite.All',
      'Directory.ReadWrite.All',
      'Directory.AccessAsUser.All',
    ],
  ],
  [
    'reset-password',
    [
      'Directory.AccessAsUser.All',
      'UserAuthenticationMethod.ReadWrite.All',
      'User-PasswordProfile.ReadWrite.All',
    ],
  ],
  ['add-access-pass', ['UserAuthenticationMethod.ReadWrite.All', 'UserAuthMethod-TAP.ReadWrite.All']],
] as const)('%s is covered by these permissions of Microsoft Graph', (rule, scopes) => {
  expect(covering(rule)).toEqual(scopes.map((scope) => `Microsoft Graph ${scope}`))
})
