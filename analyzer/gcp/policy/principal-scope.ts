import type { Member } from '../member.ts'
import type { Scope } from './cel/scope.ts'

const PRINCIPAL_TYPES: ReadonlyMap<Member['type'], string> = new Map<Member['type'], string>([
  ['user', 'iam.googleapis.com/WorkspaceIdentity'],
  ['serviceAccount', 'iam.googleapis.com/ServiceAccount'],
])

/** `principal.type` and `principal.subject`, all that conditions of boundary bindings ask. */
export function principalScope(who: Member, member: string): Scope {
  const isPool = who.type === 'pool-subject'
  const pool =
    isPool && who.pool.includes('workforcePools') ? 'WorkforcePoolIdentity' : 'WorkloadPoolIdentity'
  const type = isPool ? `iam.googleapis.com/${pool}` : PRINCIPAL_TYPES.get(who.type)
  const subject = who.type === 'pool-subject' ? who.subject : 'email' in who ? who.email : member
  return {
    attribute: (path) =>
      path === 'principal.type' ? type : path === 'principal.subject' ? subject : undefined,
    call: () => undefined,
  }
}
