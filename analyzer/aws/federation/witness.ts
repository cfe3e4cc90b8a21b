import { entry } from '../../multimap.ts'
import type { Tokens } from '../evaluate/arn-pattern.ts'
import { ONE, RUN } from '../evaluate/arn-pattern.ts'

/** One part of a form: a character, or a run that whoever makes the value chooses. */
type Part = { readonly char: number } | { readonly run: 'tenant' | 'name' | 'path' }

const COLON = 58
const SLASH = 47
const FILLER = 'stranger'

const KNOWN = new Map<string, readonly Part[]>()

/** A form taken apart: `repo:{tenant}/{name}`. There are few, and each is asked about often. */
function partsOf(form: string): readonly Part[] {
  return entry(KNOWN, form, () => takenApart(form))
}

function takenApart(form: string): readonly Part[] {
  const parts: Part[] = []
  for (const piece of form.split(/(\{tenant\}|\{name\}|\{path\})/)) {
    if (piece === '{tenant}' || piece === '{name}' || piece === '{path}') {
      parts.push({ run: piece.slice(1, -1) as 'tenant' | 'name' | 'path' })
    } else for (const unit of units(piece)) parts.push({ char: unit })
  }
  return parts
}

function units(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

/**
 * A text of a form that every pattern matches and whose tenant the patterns do not fix: at least one character of it is a
 * stranger's choice. `undefined`: there is none. The search visits each place of form and patterns once.
 */
export function witness(form: string, patterns: readonly Tokens[]): string | undefined {
  const parts = partsOf(form)
  if (patterns.some((pattern) => fixesTenant(parts, pattern))) return undefined
  const hasTenant = parts.some((part) => 'run' in part && part.run === 'tenant')
  const begin = patterns.map((pattern) => closed(pattern, [0]))
  return new Search(parts, patterns).from(0, begin, false, !hasTenant)
}

/**
 * Whether the text of a pattern before its first wildcard is already another than that of the form before its only tenant,
 * or holds the whole of that tenant, in which there is no colon and no slash. Most patterns do, and need no search.
 */
function fixesTenant(parts: readonly Part[], pattern: Tokens): boolean {
  const start = parts.findIndex((part) => 'run' in part)
  if (parts.filter((part) => 'run' in part && part.run === 'tenant').length !== 1) return false
  for (const [i, part] of parts.slice(0, start + 1).entries()) {
    const token = pattern[i] ?? RUN
    if (token < 0) return false
    if ('char' in part && part.char !== token) return true
    if ('run' in part && part.run !== 'tenant') return false
  }
  for (let i = start; (pattern[i] ?? RUN) >= 0; i++)
    if (pattern[i] === COLON || pattern[i] === SLASH) return true
  return false
}

/** Places of a pattern that may be next; a run may always be left. */
type Places = readonly number[]

function closed(pattern: Tokens, places: Iterable<number>): Places {
  const found = new Set<number>()
  for (let place of places) {
    found.add(place)
    while (pattern[place] === RUN) found.add(++place)
  }
  return [...found].sort((a, b) => a - b)
}

/** What may be written next: a text and, for each pattern, the places after it; `choice`: any other text would do as well. */
interface Move {
  readonly text: string
  readonly places: readonly Places[]
  readonly choice: boolean
}

class Search {
  private readonly parts: readonly Part[]
  private readonly patterns: readonly Tokens[]
  private readonly lastTenant: number
  private readonly seen = new Set<string>()

  constructor(parts: readonly Part[], patterns: readonly Tokens[]) {
    this.parts = parts
    this.lastTenant = parts.findLastIndex((part) => 'run' in part && part.run === 'tenant')
    this.patterns = patterns
  }

  /** What comes from part `i` on. `begun`: the run there has a character already; `free`: the tenant has a chosen one. */
  from(i: number, places: readonly Places[], begun: boolean, free: boolean): string | undefined {
    if (!free && i > this.lastTenant) return undefined
    const state = `${i} ${begun ? 1 : 0} ${free ? 1 : 0} ${places.join(';')}`
    if (this.seen.has(state) || places.some((of) => of.length === 0)) return undefined
    this.seen.add(state)
    const part = this.parts[i]
    if (part === undefined) {
      const isEnd = places.every((of, k) => of.includes(this.patterns[k]?.length ?? 0))
      return free && isEnd ? '' : undefined
    }
    if ('char' in part) {
      const { text, places: next } = this.written(part.char, places)
      return after(text, this.from(i + 1, next, false, free))
    }
    const left = begun ? this.from(i + 1, places, false, free) : undefined
    if (left !== undefined) return left
    for (const move of this.moves(part.run, places)) {
      const isFree = free || (part.run === 'tenant' && move.choice)
      const found = after(move.text, this.from(i, move.places, true, isFree))
      if (found !== undefined) return found
    }
    return undefined
  }

  private *moves(run: 'tenant' | 'name' | 'path', places: readonly Places[]): Generator<Move> {
    yield { text: FILLER, places: this.anything(places, [RUN]), choice: true }
    yield { text: 's', places: this.anything(places, [RUN, ONE]), choice: true }
    const letters = new Set(places.flatMap((of, k) => of.map((place) => this.patterns[k]?.[place] ?? RUN)))
    for (const letter of letters) {
      if (letter < 0 || letter === COLON || (letter === SLASH && run !== 'path')) continue
      yield this.written(letter, places)
    }
  }

  /** After something that only wildcards match. */
  private anything(places: readonly Places[], wild: readonly number[]): readonly Places[] {
    return this.step(places, (token) => wild.includes(token))
  }

  private written(char: number, places: readonly Places[]): Move {
    const next = this.step(places, (token) => token === char || token === RUN || token === ONE)
    return { text: String.fromCharCode(char), places: next, choice: false }
  }

  private step(places: readonly Places[], takes: (token: number) => boolean): readonly Places[] {
    return places.map((of, k) => {
      const pattern = this.patterns[k] ?? []
      const next = of.flatMap((place) => {
        const token = pattern[place]
        if (token === undefined || !takes(token)) return []
        return [token === RUN ? place : place + 1]
      })
      return closed(pattern, next)
    })
  }
}

function after(head: string, tail: string | undefined): string | undefined {
  return tail === undefined ? undefined : head + tail
}
