import type { Atom } from './formula.ts'
import type { Demand } from './key-values.ts'
import { isImpossible } from './key-values.ts'
import { notOfText, ofText, ofVariable } from './relation.ts'

/** An atom that a search has settled. */
export interface Literal {
  readonly atom: Atom
  readonly value: boolean
}

/** What is known of the values of one key. */
interface Values {
  readonly absent: boolean | undefined
  /** Something asks the key to have a value. */
  readonly isNeeded: boolean
  readonly ofEach: readonly Demand[]
  /** Each for some value. */
  readonly ofSome: readonly (readonly Demand[])[]
}

/** Whether some request may have for each key what was settled about it. Says no only where it is certain. */
export function isConsistent(settled: readonly Literal[]): boolean {
  const told = settled.flatMap((literal) => toldThrough(literal, settled))
  const keys = new Set([...settled.map(({ atom }) => atom.key), ...told.map(({ key }) => key)])
  keys.delete('')
  return [...keys].every((key) => {
    const { absent, isNeeded, ofEach, ofSome } = directly(about(settled, key))
    const more = told.filter((one) => one.key === key)
    return mayBe({
      absent,
      isNeeded: isNeeded || more.some((one) => one.isNeeded),
      ofEach: [...ofEach, ...more.flatMap((one) => one.ofEach)],
      ofSome: [...ofSome, ...more.flatMap((one) => one.ofSome)],
    })
  })
}

const about = (settled: readonly Literal[], key: string): readonly Literal[] =>
  settled.filter(({ atom }) => atom.key === key && atom.kind !== 'other')

function mayBe({ absent, isNeeded, ofEach, ofSome }: Values): boolean {
  if (absent !== false && !isNeeded) return true
  if (absent === true) return false
  if (ofSome.length === 0) return !isImpossible(ofEach)
  return ofSome.every((demands) => !isImpossible([...ofEach, ...demands]))
}

/** What the atoms about a key say of it themselves. */
function directly(settled: readonly Literal[]): Values {
  const isNeeded = settled.some(({ atom: { kind }, value }) =>
    kind === 'every' ? !value : value && (kind === 'is' || kind === 'some'),
  )
  const single = settled.some(({ atom }) => atom.kind === 'is')
  const ofEach: Demand[] = []
  const ofSome: Demand[][] = []
  for (const literal of settled) {
    const demands = demandsOf(literal)
    if (single || (literal.atom.kind === 'every') === literal.value) ofEach.push(...demands)
    else if (demands.length > 0) ofSome.push([...demands])
  }
  return { absent: settled.find(({ atom }) => atom.kind === 'absent')?.value, isNeeded, ofEach, ofSome }
}

function demandsOf({ atom, value }: Literal): readonly Demand[] {
  return atom.wanted === undefined ? [] : [{ any: atom.wanted, not: !value }]
}

interface Told extends Omit<Values, 'absent'> {
  readonly key: string
}

const NOTHING = { isNeeded: false, ofEach: [], ofSome: [] }

/** What a comparison with a variable that is not known says of both keys, by what other atoms say of the other key. */
function toldThrough({ atom, value }: Literal, settled: readonly Literal[]): readonly Told[] {
  const { id, key, kind, relation, wanted } = atom
  if (relation === undefined || kind === 'every') return []
  const variable = about(settled, relation.key)
  if (!value) {
    const not = notOfText(relation, variable.filter((one) => one.atom.kind === 'is').flatMap(demandsOf))
    return [{ ...NOTHING, key, ofEach: not }]
  }
  const isAbsent = directly(variable).absent === true
  const demands = ofText(relation, variable.flatMap(demandsOf), isAbsent)
  const told: Told[] = [{ ...NOTHING, key: relation.key, isNeeded: relation.otherwise === undefined }]
  // A text that is known is no key, but what is known of it must go together as well.
  if (kind === 'other') {
    const text = { any: wanted ?? [], not: false }
    return [...told, { ...NOTHING, key: id, isNeeded: true, ofEach: [text, ...demands] }]
  }
  const text = directly(about(settled, key)).ofEach
  told.push({ ...NOTHING, key: relation.key, ofEach: ofVariable(relation, text) })
  told.push({ ...NOTHING, key, ...(kind === 'is' ? { ofEach: demands } : { ofSome: [demands] }) })
  return told
}
