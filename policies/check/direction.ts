import { isObject, own, type Json } from '../../graph/index.ts'
import { literalOf, operandsOf, operatorOf, pathOf, sides, type Expression } from '../cedar/expression.ts'

/**
 * How a value moves when evidence grows: `still` does not look at it, `up` can only grow (false to true, more, a larger
 * set), `down` can only shrink, `either` is not proven.
 */
export type Direction = 'still' | 'up' | 'down' | 'either'

const flipped: Readonly<Record<Direction, Direction>> = {
  still: 'still',
  up: 'down',
  down: 'up',
  either: 'either',
}

function together(a: Direction, b: Direction): Direction {
  if (a === 'still' || a === b) return b
  return b === 'still' ? a : 'either'
}

/**
 * The direction of a condition, by its form. Sound: `up` holds for every request there can be. Not complete: a condition
 * that is monotone for another reason (`presence == 2`, where 2 is the most) is `either`.
 */
export function directionOf(expression: Expression): Direction {
  const path = pathOf(expression)
  if (path !== undefined) {
    if (path[0] !== 'context') return 'still'
    if (path.length === 1 || (path[1] === 'evidence' && path.length === 2)) return 'either'
    return path[1] === 'evidence' ? 'up' : 'still'
  }
  const node = operatorOf(expression)
  if (node === undefined || node[0] === 'Value') return 'still'
  const [name, argument] = node
  const [left, right] = sides(argument).map(directionOf) as [Direction, Direction]
  switch (name) {
    case '&&':
    case '||':
    case 'containsAny':
      return together(left, right)
    case '>=':
    case '>':
    case 'containsAll':
    case 'contains':
      return together(left, flipped[right])
    case '<=':
    case '<':
      return together(flipped[left], right)
    case '!':
      return isObject(argument) ? flipped[directionOf(own(argument, 'arg') ?? null)] : 'either'
    case 'isEmpty':
      return isObject(argument) ? flipped[directionOf(own(argument, 'arg') ?? null)] : 'either'
    case '==':
      return equality(argument, left, right)
    case 'if-then-else':
      return choice(argument)
    default:
      return operandsOf(expression).every((operand) => directionOf(operand) === 'still') ? 'still' : 'either'
  }
}

/** `x == true` moves as `x`, `x == false` against it; any other equality that looks at evidence can be lost again. */
function equality(argument: Json, left: Direction, right: Direction): Direction {
  if (left === 'still' && right === 'still') return 'still'
  const [a, b] = sides(argument)
  const literal = literalOf(a) ?? literalOf(b)
  const moving = together(left, right)
  if (literal === true) return moving
  return literal === false ? flipped[moving] : 'either'
}

function choice(argument: Json): Direction {
  if (!isObject(argument)) return 'either'
  const [test, yes, no] = ['if', 'then', 'else'].map((part) => directionOf(own(argument, part) ?? null))
  return test === 'still' && yes !== undefined && no !== undefined ? together(yes, no) : 'either'
}
