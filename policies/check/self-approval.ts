import { conjuncts, operatorOf, pathOf, sides, type Expression } from '../cedar/expression.ts'
import type { Offence, Policy } from '../cedar/policy.ts'

/**
 * Nobody approves their own: a forbid without any other condition says so, or every permit of `approve` demands that the
 * two are different people. (`Decider` refuses it besides; a set that relies on that alone says less than it does.)
 */
export function selfApprovalOffences(policies: readonly Policy[]): readonly Offence[] {
  const about = policies.filter(
    ({ scope }) => scope.actions === undefined || scope.actions.includes('approve'),
  )
  const forbidden = about.some(
    ({ effect, scope, conditions }) =>
      effect === 'forbid' &&
      scope.principal === undefined &&
      scope.resource === undefined &&
      conditions.every(({ kind, body }) => kind === 'when' && compares('==', body)),
  )
  if (forbidden) return []
  return about
    .filter(({ effect }) => effect === 'permit')
    .filter(({ conditions }) => !conditions.some(demandsAnother))
    .map(({ id, place }): Offence => {
      const remedy =
        'add: @id("no-self-approval") forbid(principal, action == Gomeisa::Action::"approve", resource) when { principal == context.requester };'
      return {
        rule: 'self-approval',
        policy: id,
        says: 'somebody could approve their own request',
        place,
        remedy,
      }
    })
}

function demandsAnother({ kind, body }: Policy['conditions'][number]): boolean {
  return kind === 'when' ? conjuncts(body).some((part) => compares('!=', part)) : compares('==', body)
}

/** `principal == context.requester` either way round, with the operator given. */
function compares(operator: '==' | '!=', expression: Expression): boolean {
  const node = operatorOf(expression)
  if (node?.[0] !== operator) return false
  const paths = sides(node[1]).map((side) => pathOf(side)?.join('.'))
  return paths.includes('principal') && paths.includes('context.requester')
}
