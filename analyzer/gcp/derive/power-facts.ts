import { nodeId } from '../../../graph/index.ts'
import type { Fact } from '../../findings/fact.ts'
import type { Holder } from '../../grants/holders.ts'
import { isContainer } from '../resource-name.ts'
import type { Context } from './context.ts'
import { peopleOf } from './people.ts'

const BASIC = new Set(['roles/owner', 'roles/editor', 'roles/viewer'])

/** Permissions that reach far when they are held on a whole container, without being administration. */
const FAR_REACHING = [
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccountKeys.create',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccounts.actAs',
  'iam.roles.update',
  'orgpolicy.policy.set',
] as const

/** Who administers containers, who holds far-reaching rights in them, who may attach any service account. */
export function powerFacts(administrators: ReadonlyMap<string, readonly Holder[]>, context: Context): Fact[] {
  const facts = new Map<string, Fact>()
  const put = (fact: Fact & { readonly principal: string; readonly scope: string }): void => {
    const key = `${fact.fact} ${fact.principal} ${fact.scope}`
    const known = facts.get(key)
    if (known === undefined || known.assumes.length > fact.assumes.length) facts.set(key, fact)
  }
  const isAdministrator = (principal: string, container: string): boolean =>
    facts.has(`administrator ${principal} ${nodeId('gcp', container)}`)
  for (const [container, holders] of administrators) {
    const scope = nodeId('gcp', container)
    for (const holder of holders) {
      // What is bound to a condition is not administration at any time.
      if (holder.conditions.length > 0) continue
      const via = context.roleName(holder)
      const assumes = holder.doubts.map(({ says }) => says)
      for (const person of peopleOf(holder, context))
        put({ fact: 'administrator', ...person, scope, via, assumes })
    }
  }
  for (const container of new Set(context.state.bindings.map((binding) => binding.scope))) {
    if (!isContainer(container)) continue
    const scope = nodeId('gcp', container)
    for (const permission of FAR_REACHING) {
      for (const holder of context.holders.at(permission, container)) {
        const via = context.roleName(holder)
        const assumes = [...holder.doubts, ...holder.conditions].map(({ says }) => says)
        for (const person of peopleOf(holder, context)) {
          if (isAdministrator(person.principal, container)) continue
          put({ fact: 'privileged', ...person, scope, via, assumes })
          if (permission === 'iam.serviceAccounts.actAs')
            put({ fact: 'pass-any-role', ...person, scope, assumes })
        }
      }
    }
  }
  return [...facts.values(), ...basicRoles(context)]
}

/** Basic roles bound on projects; convenience values, which only repeat them, are left out. */
function basicRoles(context: Context): Fact[] {
  const facts: Fact[] = []
  const { model, state } = context
  for (const grant of model.grants) {
    const role = state.roles[grant.role]?.name ?? ''
    if (!BASIC.has(role) || !grant.scope.includes('/projects/') || !isContainer(grant.scope)) continue
    for (const grantee of grant.grantees) {
      const principal = model.principals[grantee]
      if (principal === undefined) continue
      const holder: Holder = { grantee, principal, grant, conditions: grant.conditions, doubts: [] }
      for (const person of peopleOf(holder, context)) {
        const assumes = grant.conditions.map(({ says }) => says)
        facts.push({ fact: 'basic-role', ...person, scope: nodeId('gcp', grant.scope), role, assumes })
      }
    }
  }
  return facts
}
