import type { Attribute, Comparison, Condition, Literal, Operand } from './syntax.ts'

/** Writes a condition in one line, in the documented spelling; `parse` reads it back as the same condition. */
export function print(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.map(inGroup).join(condition.kind === 'and' ? ' AND ' : ' OR ')
    case 'not':
      return `NOT ${inGroup(condition.of)}`
    case 'action':
      return `ActionMatches{${quoted(condition.patterns)}}`
    case 'sub-operation':
      return `SubOperationMatches{${quoted(condition.patterns)}}`
    case 'exists':
      return `Exists ${printAttribute(condition.attribute)}`
    case 'compare':
      return printComparison(condition)
  }
}

export function printComparison({ quantifier, operator, left, right }: Comparison): string {
  const count = { any: 'Any', all: 'All' } as const
  const name =
    quantifier === null
      ? operator
      : `For${count[quantifier.left]}Of${count[quantifier.right]}Values:${operator}`
  return `${printOperand(left)} ${name} ${printOperand(right)}`
}

export function printAttribute({ source, name }: Attribute): string {
  return `@${source}[${name}]`
}

function printOperand(operand: Operand): string {
  if (operand.kind === 'attribute') return printAttribute(operand.attribute)
  const values = operand.values.map(printLiteral).join(', ')
  return operand.braced ? `{${values}}` : values
}

function printLiteral({ type, text }: Literal): string {
  return type === 'text' ? `'${text}'` : text
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => `'${pattern}'`).join(', ')
}

function inGroup(condition: Condition): string {
  const text = print(condition)
  return condition.kind === 'and' || condition.kind === 'or' || condition.kind === 'compare'
    ? `(${text})`
    : text
}
