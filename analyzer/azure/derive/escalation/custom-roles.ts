import { nodeId } from '../../../../graph/index.ts'
import type { Joint } from '../../../grants/escalation/joint.ts'
import { alone } from '../../../grants/escalation/joint.ts'
import type { Holder } from '../../../grants/holders.ts'
import { leftFor } from '../../../grants/left.ts'
import type { Need } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import type { Asked } from './asked.ts'
import { above } from './asked.ts'

/**
 * Scopes on which a custom role is assigned: whoever has it there and can change it has every permission there, under the
 * condition of the assignment. A role is changed by who may on each of its assignable scopes (Azure custom roles).
 */
export function* customRoles(context: Context, needs: readonly Need[]): Generator<Asked> {
  const { model, holders } = context
  const found = new Map<
    string,
    { readonly scopes: readonly string[]; readonly scope: string; readonly also: Holder[] }
  >()
  for (const grant of model.grants) {
    const role = model.role(grant.role)
    const scopes = role?.assignable ?? []
    if (role === undefined || scopes.length === 0) continue
    if (context.nodes.get(nodeId('azure', grant.scope))?.kind !== 'container') continue
    const left = leftFor(model, grant, '')
    if (left === null) continue
    const key = `${role.id} ${grant.scope}`
    const target = found.get(key) ?? { scopes, scope: grant.scope, also: [] }
    found.set(key, target)
    for (const grantee of grant.grantees) {
      const principal = model.principals[grantee]
      if (principal === undefined) continue
      const doubts = left.doubt === null ? [] : [left.doubt]
      target.also.push({ grantee, principal, grant, conditions: model.conditionsOn(grant), doubts })
    }
  }
  for (const { scopes, scope, also } of found.values()) {
    const changes = needs.flatMap(({ permission }) =>
      scopes.map((at): readonly Joint[] => holders.of(permission, at).map(alone)),
    )
    const target = {
      ends: [nodeId('azure', scope)],
      name: scope,
      places: {},
      above: above(scope, context),
      doubts: [],
      also,
    }
    yield { target, also: changes }
  }
}
