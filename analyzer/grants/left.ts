import type { PermissionSet } from '../../graph/index.ts'
import type { Grant, GrantModel, Left } from './model.ts'

/** What is left of a grant's conditions for an action; null: the grant never gives it. */
export function leftFor(model: GrantModel, grant: Grant, action: string): Left | null {
  return model.left === undefined ? { conditions: grant.conditions, doubt: null } : model.left(grant, action)
}

/** Splits actions by what is left of a grant's conditions for them; those that it never gives are left out. */
export function leftOver(
  model: GrantModel,
  grant: Grant,
  actions: PermissionSet,
): { readonly actions: PermissionSet; readonly left: Left }[] {
  if (model.leftParts === undefined) return [{ actions, left: { conditions: grant.conditions, doubt: null } }]
  const found: { actions: PermissionSet; left: Left }[] = []
  let rest = actions
  for (const part of model.leftParts(grant)) {
    const mine = part.actions === null ? rest : rest.intersect(part.actions)
    rest = rest.minus(mine)
    if (part.left !== null) found.push({ actions: mine, left: part.left })
  }
  return found
}
