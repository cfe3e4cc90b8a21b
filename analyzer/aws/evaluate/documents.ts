import type { Missing } from '../../../graph/index.ts'
import { entry } from '../../multimap.ts'
import { ALLOW } from '../state.ts'
import { KNOWN, NOBODY, type ActionMemo } from './action-memo.ts'
import type { Layer } from './layer.ts'
import { DEPENDS, type Request } from './request.ts'
import { FALSE, or, TRUE, type Truth } from './truth.ts'

/** What a document says, as bits: the truth of allowing, that of denying, and that it differs between principals. */
export const ALLOWS = 3
const DENIES = 12
export const DEPENDING = 16
const SAYS = ALLOWS | DENIES | DEPENDING
export const NOTHING: readonly Missing[] = []

/** Documents from `start` to before `end`. */
export interface Span {
  readonly documents: ArrayLike<number>
  readonly start: number
  readonly end: number
}

export function all(documents: ArrayLike<number>): Span {
  return { documents, start: 0, end: documents.length }
}

/** Reads what documents say of a request, each once where it says the same whoever asks or whatever the resource is. */
export class DocumentReader {
  /** How often a document that was folded said something that differs between the principals of a set. */
  depending = 0
  private readonly request: Request
  /** By document, with `KNOWN`: what nobody in particular is told, when the whole estate is asked. */
  private readonly memo: Uint8Array | undefined
  /** The same for the few that are asked for when not. */
  private few: Map<number, number> | undefined
  /** What holds of the action whatever the resource. */
  private readonly action: ActionMemo | undefined

  constructor(request: Request, whole: boolean) {
    this.request = request
    this.memo = whole ? new Uint8Array(request.estate.state.documents.single.length) : undefined
    this.action = request.shared
  }

  /** What documents say together; `shared`: see `document`. */
  fold(
    { documents, start, end }: Span,
    principal: number,
    missing: readonly Missing[],
    shared: boolean,
    trace: string[] | undefined,
  ): Layer {
    let allow: Truth = FALSE
    let deny: Truth = FALSE
    const known = trace === undefined ? this.action?.said : undefined
    for (let i = start; i < end; i++) {
      const document = documents[i] ?? -1
      const fixed = known?.[document] ?? 0
      // Most documents are silent, or say the same to everybody of every resource.
      const isFixed = (fixed & (KNOWN | DEPENDING)) === KNOWN
      const said = isFixed ? fixed : this.document(document, principal, shared, trace)
      if ((said & SAYS) === 0) continue
      allow = or(allow, (said & ALLOWS) as Truth)
      deny = or(deny, ((said & DENIES) >> 2) as Truth)
      if ((said & DEPENDING) !== 0) this.depending++
    }
    return layerOf(allow, deny, missing)
  }

  /** Whether documents say the same about every resource. */
  isEverywhere(documents: ArrayLike<number>): boolean {
    for (let i = 0; i < documents.length; i++) {
      if (this.everywhere(documents[i] ?? -1) === undefined) return false
    }
    return true
  }

  /** Whether documents say the same to every principal. */
  isSameForAll(documents: ArrayLike<number>): boolean {
    for (let i = 0; i < documents.length; i++) {
      if ((this.nobody(documents[i] ?? -1) & DEPENDING) !== 0) return false
    }
    return true
  }

  /** What a document says of the action, when it is the same for every resource. */
  everywhere(document: number): number | undefined {
    if (this.action === undefined) return undefined
    let known = this.action.said[document] ?? 0
    if (known === 0) {
      known = this.request.isForEveryResource(document) ? this.read(document, NOBODY) | KNOWN : 1
      this.action.said[document] = known
    }
    return known === 1 ? undefined : known
  }

  /**
   * What a document says, as bits: allow, deny, depends. `shared`: it is likely to be asked for again, for another
   * principal.
   */
  document(document: number, principal: number, shared: boolean, trace?: string[]): number {
    const said = trace === undefined ? this.everywhere(document) : undefined
    if (said !== undefined && (principal === NOBODY || (said & DEPENDING) === 0)) return said
    if (said !== undefined && shared) return this.toOne(document, principal)
    if (this.memo !== undefined || shared) {
      // What nobody in particular is told holds for all, unless it depends on who asks.
      const known = this.nobody(document)
      if (principal === NOBODY || (known & DEPENDING) === 0) return known
    }
    return this.read(document, principal, trace)
  }

  /** What a document says to a principal whatever the resource. */
  private toOne(document: number, principal: number): number {
    const { action, request } = this
    if (action === undefined) return this.read(document, principal)
    const said = entry(action.saidTo, document, () => {
      const make = () => new Uint8Array(request.estate.state.principals.arns.length)
      if (action.across === undefined) return make()
      const shared = entry(action.across.saidTo, document, () => new Map<string, Uint8Array>())
      return entry(shared, request.indexesIn(document).join(), make)
    })
    const known = said[principal] ?? 0
    if (known !== 0) return known
    const made = this.read(document, principal) | KNOWN
    said[principal] = made
    return made
  }

  private nobody(document: number): number {
    const said = this.everywhere(document)
    if (said !== undefined) return said
    const known = this.memo === undefined ? this.few?.get(document) : this.memo[document]
    if (known !== undefined && known !== 0) return known
    const made = this.read(document, NOBODY) | KNOWN
    if (this.memo !== undefined) this.memo[document] = made
    else {
      this.few ??= new Map()
      this.few.set(document, made)
    }
    return made
  }

  private read(document: number, principal: number, trace?: string[]): number {
    let allow: Truth = FALSE
    let deny: Truth = FALSE
    let depends = false
    const { estate } = this.request
    const { offsets, items } = estate.state.documents.statements
    const start = offsets[document] ?? 0
    for (const index of this.request.indexesIn(document)) {
      const statement = items[start + index] ?? -1
      const truth = this.request.truth(statement, principal, FALSE)
      if (truth === FALSE) continue
      const isAllow = (estate.flags(statement) & ALLOW) !== 0
      trace?.push(`${statement}:${truth}`)
      if (truth === DEPENDS) {
        depends = true
        if (isAllow) allow = TRUE
      } else if (isAllow) allow = or(allow, truth)
      else deny = or(deny, truth)
    }
    return allow | (deny << 2) | (depends ? DEPENDING : 0)
  }
}

/** Layers of which nothing is missing, by what they allow and deny. */
const COMPLETE: readonly Layer[] = Array.from({ length: 16 }, (_, i) => ({
  allow: (i & 3) as Truth,
  deny: (i >> 2) as Truth,
  missing: NOTHING,
}))

export function layerOf(allow: Truth, deny: Truth, missing: readonly Missing[]): Layer {
  const complete = missing.length === 0 ? COMPLETE[allow | (deny << 2)] : undefined
  return complete ?? { allow, deny, missing }
}
