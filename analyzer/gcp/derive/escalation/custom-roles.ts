import { nodeId } from '../../../../graph/index.ts'
import type { Holder } from '../../../grants/holders.ts'
import { leftFor } from '../../../grants/left.ts'
import { RESOURCE_MANAGER, canonicalResource, isContainer } from '../../resource-name.ts'
import type { Context } from '../context.ts'
import type { Target } from './target.ts'

/**
 * Containers on which a custom role is bound: whoever has the role there, and can change it, has every permission there
 * that custom roles can hold.
 */
export function* customRoleTargets({ model, state }: Context): Generator<Target> {
  const found = new Map<string, { readonly role: string; readonly scope: string; readonly also: Holder[] }>()
  for (const grant of model.grants) {
    const name = state.roles[grant.role]?.name ?? ''
    const path = /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(name)?.[1]
    if (path === undefined || !isContainer(grant.scope)) continue
    const left = leftFor(model, grant, '')
    if (left === null) continue
    const role = canonicalResource(RESOURCE_MANAGER + path, state.aliases)
    const key = `${grant.role} ${grant.scope}`
    const target = found.get(key) ?? { role, scope: grant.scope, also: [] }
    found.set(key, target)
    for (const named of grant.grantees) {
      for (const { grantee, hold } of model.unfold(named)) {
        const principal = model.principals[grantee]
        if (principal === undefined) continue
        const conditions = [...left.conditions, ...hold.conditions]
        const doubts = [left.doubt, hold.doubt].filter((doubt) => doubt !== null)
        target.also.push({ grantee, principal, grant, conditions, doubts })
      }
    }
  }
  for (const { role, scope, also } of found.values()) {
    const above = model.chain(scope).scopes.map(({ scope: at }) => at)
    yield { ends: [nodeId('gcp', scope)], name: scope, places: { role }, above, doubts: [], also }
  }
}
