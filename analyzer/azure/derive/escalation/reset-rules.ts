/**
 * Who may change how whom signs in (Entra documentation, "Privileged roles and permissions", "Who can reset passwords"):
 * built-in role → the only roles that those may have whom it may reset. Everybody of these may reset users without roles.
 */
const READER = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
const GUEST_INVITER = '95e79109-95c0-4d8e-aee3-d01accf2d47b'
const PASSWORD = '966707d0-3269-4727-9be2-8c3a10f19b9d'
const HELPDESK = '729827e3-9c14-49f7-bb1b-9608f156bbb8'
const AUTHENTICATION = 'c4e39bd9-1100-46d3-8c65-fb160da0071f'
const USER = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
const GROUPS = 'fdd7a751-b60b-444a-984c-02652fe8fa1c'
const MESSAGES = '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b'
const REPORTS = '4a5d8f65-41da-4de4-8968-e035b65339cf'
const USAGE = '75934031-6c7e-415a-99d7-48dbd49e875e'

const EVERY = [READER, GUEST_INVITER, PASSWORD]
const READERS = [...EVERY, MESSAGES, REPORTS, USAGE]

const RESETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [PASSWORD, new Set(EVERY)],
  [HELPDESK, new Set([...READERS, HELPDESK])],
  [AUTHENTICATION, new Set([...READERS, AUTHENTICATION])],
  [USER, new Set([...READERS, HELPDESK, USER, GROUPS])],
])

/** Global Administrator, Privileged Authentication Administrator, Partner Tier2 Support: they may reset everybody. */
const ALL: ReadonlySet<string> = new Set([
  '62e90394-69f5-4237-9190-012177145e10',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8',
])

export function resetsEverybody(role: string): boolean {
  return ALL.has(role)
}

/** Whether a role may reset somebody with these roles. `inRoleGroup`: is member or owner of a role-assignable group. */
export function mayReset(role: string, roles: ReadonlySet<string>, inRoleGroup: boolean): boolean {
  if (ALL.has(role)) return true
  if (inRoleGroup) return false
  const among = RESETS.get(role)
  return [...roles].every((one) => among?.has(one) === true)
}
