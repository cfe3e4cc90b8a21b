import {
  conjuncts,
  literalOf,
  operatorOf,
  pathOf,
  pathsOf,
  sides,
  type Expression,
} from '../cedar/expression.ts'
import type { Offence, Policy } from '../cedar/policy.ts'

const GLASS = 'context.evidence.breakGlass'

/**
 * The emergency way is never silent: a permit that looks at `breakGlass` is for nothing else, demands a reason and that
 * somebody is there on a known device, and names who is told. Demands must be conjuncts of `when`: then they hold for
 * every request that the permit allows.
 */
export function breakGlassOffences(policies: readonly Policy[]): readonly Offence[] {
  return policies
    .filter(({ effect }) => effect === 'permit')
    .filter(({ conditions }) =>
      conditions.some(({ body }) => [...pathsOf(body)].some((path) => path.join('.') === GLASS)),
    )
    .flatMap((policy) => {
      const demands = policy.conditions
        .filter(({ kind }) => kind === 'when')
        .flatMap(({ body }) => conjuncts(body))
      const has = (path: string) => demands.some((part) => pathOf(part)?.join('.') === path)
      const wanted: readonly (readonly [boolean, string, string])[] = [
        [
          has(GLASS),
          'it mixes the ordinary way with break glass',
          `demand \`${GLASS}\` by itself, in a policy of its own`,
        ],
        [has('context.reason'), 'it opens break glass without a reason', 'demand `context.reason`'],
        [
          demands.some((part) => atLeastOne(part, 'device')),
          'it opens break glass to any device',
          'demand `context.evidence.device >= 1` or more',
        ],
        [
          demands.some((part) => atLeastOne(part, 'presence')),
          'it opens break glass to nobody present',
          'demand `context.evidence.presence >= 1` or more',
        ],
        [policy.annotations.has('notify'), 'nobody is told', 'name who is told: @notify("security")'],
      ]
      return wanted.flatMap(([holds, says, remedy]): readonly Offence[] =>
        holds ? [] : [{ rule: 'break-glass', policy: policy.id, says, place: policy.place, remedy }],
      )
    })
}

/** `context.evidence.NAME >= N` (or `> N`) that 0 does not meet. */
function atLeastOne(expression: Expression, name: string): boolean {
  const node = operatorOf(expression)
  if (node === undefined) return false
  const [left, right] = sides(node[1])
  if (pathOf(left)?.join('.') !== `context.evidence.${name}`) return false
  const literal = literalOf(right)
  if (typeof literal !== 'number') return false
  return (node[0] === '>=' && literal >= 1) || (node[0] === '>' && literal >= 0)
}
