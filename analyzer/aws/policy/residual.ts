import { isCertain, isPossible } from './decide-formula.ts'
import type { Atom, Formula, Junction } from './formula.ts'
import { and, atomsOf, not, or } from './formula.ts'

/** Atoms up to which what says nothing new is taken out of a formula. */
const FEW = 12

/** The formula with every part left out without which it means the same. */
export function simplified(formula: Formula): Formula {
  if (typeof formula === 'boolean') return formula
  if (atomsOf(formula).size > FEW) return formula
  if (!isPossible(formula)) return false
  if (isCertain(formula)) return true
  return withoutSuperfluous(formula, (made) => made)
}

type Part = Exclude<Formula, boolean>

/** `whole` puts a part back into the formula that it was taken from, to see whether the meaning stays. */
function withoutSuperfluous(formula: Part, whole: (part: Formula) => Formula): Formula {
  if (formula.op !== 'and' && formula.op !== 'or') return formula
  const meaning = whole(formula)
  let parts: readonly Part[] = formula.parts
  const remade = (list: readonly Formula[]) => joined(formula.op, list)
  for (const part of formula.parts) {
    const rest = parts.filter((other) => other !== part)
    if (rest.length > 0 && isSameMeaning(whole(remade(rest)), meaning)) parts = rest
  }
  const kept: Formula[] = [...parts]
  for (const [i, part] of parts.entries()) {
    kept[i] = withoutSuperfluous(part, (made) => whole(remade(kept.with(i, made))))
  }
  return remade(kept)
}

function isSameMeaning(a: Formula, b: Formula): boolean {
  return !isPossible(or(and(a, not(b)), and(b, not(a))))
}

function joined(op: Junction['op'], parts: readonly Formula[]): Formula {
  let made: Formula = op === 'and'
  for (const part of parts) made = op === 'and' ? and(made, part) : or(made, part)
  return made
}

/** A formula for people: `aws:SourceIp is in 10.0.0.0/8 and (aws:PrincipalTag/team is blue or red)`. */
export function inWords(formula: Formula): string {
  if (typeof formula === 'boolean') return formula ? 'always' : 'never'
  if (formula.op === 'atom') return atomInWords(formula, formula.verb, formula.object)
  if (formula.op === 'not') return atomInWords(formula.of, formula.of.negatedVerb, formula.of.object)
  const parts = gathered(formula)
  if (parts.length === 1) return parts.join('')
  return parts.join(` ${formula.op} `)
}

/** Alternatives of one key are told together. */
function gathered({ op, parts }: Junction): readonly string[] {
  const heads = new Map<string, { readonly atom: Atom; readonly verb: string; readonly objects: string[] }>()
  const others: string[] = []
  const order: (() => string)[] = []
  for (const part of parts) {
    const atom = part.op === 'not' ? part.of : part
    // `is a or is b` for any of them, `is not a and is not b` for none.
    if (atom.op !== 'atom' || (part.op === 'not') !== (op === 'and')) {
      const text = part.op === 'and' || part.op === 'or' ? `(${inWords(part)})` : inWords(part)
      if (!others.includes(text)) order.push(() => text)
      others.push(text)
      continue
    }
    const verb = op === 'and' ? atom.negatedVerb : atom.verb
    const head = `${atom.subject}|${verb}`
    const known = heads.get(head)
    if (known !== undefined) known.objects.push(atom.object)
    else {
      const objects = [atom.object]
      heads.set(head, { atom, verb, objects })
      order.push(() => atomInWords(atom, verb, objects.join(' or ')))
    }
  }
  return order.map((tell) => tell())
}

function atomInWords({ subject }: Atom, verb: string, object: string): string {
  return [verb === 'not:' ? `not: ${subject}` : subject, verb === 'not:' ? '' : verb, object]
    .filter(Boolean)
    .join(' ')
}
