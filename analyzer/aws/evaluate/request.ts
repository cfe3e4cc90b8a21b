import { matches } from '../../../graph/index.ts'
import { ALLOW, NOT_ACTION, NOT_RESOURCE, VARIABLES } from '../state.ts'
import { isWildcardOnly } from '../universe/universe.ts'
import { actionMemo, NOBODY, SILENT, type ActionMemo } from './action-memo.ts'
import { covers, isPattern, literal, overlap, plainMatches, tokensOf, type Tokens } from './arn-pattern.ts'
import { blockTruth } from './condition.ts'
import { type ContextLookup, UNKNOWN } from '../policy/context.ts'
import type { RequestContext } from './principal-context.ts'
import { resourceContext } from './resource-context.ts'
import { resourceSide, type ResourceSide } from './resource-side.ts'
import type { Identity } from './identity.ts'
import type { Block, Estate } from './estate.ts'
import type { Truth } from './truth.ts'
import { and, FALSE, IF, not, or, TRUE } from './truth.ts'
import { fillIn } from './variables.ts'

/** Marks the truth of a statement that differs from principal to principal. */
export const DEPENDS = 4

const NOWHERE: readonly number[] = []

/** Most documents have one statement about an action, and all of those share their lists. */
const SINGLES: (readonly number[])[] = []

function single(place: number): readonly number[] {
  return (SINGLES[place] ??= [place])
}

export interface RequestOptions {
  /** Keep what is worked out of action lists, patterns: the whole estate is asked. */
  readonly whole?: boolean
  /** Keep what is worked out of action lists here: many requests for the same action are asked. */
  readonly actionMemo?: ActionMemo
  /** The resource is the very text that policies are compared with, wildcards included: `*` is held only by `*`. */
  readonly literal?: boolean
  readonly context?: RequestContext
}

/**
 * One action on one resource, and what each statement says of it. With `whole`, answers about statements, patterns and
 * documents are kept, because the whole estate is asked; without, a question costs only what one principal holds.
 *
 * A resource with wildcards stands for every resource that it matches: a statement covers it, overlaps it (`IF`: for the
 * resources that both match) or misses it.
 */
export class Request {
  readonly estate: Estate
  /** Folded to lower case. */
  readonly action: string
  /** As it was asked, for sentences. */
  readonly asked: string
  readonly resource: string
  readonly context: RequestContext | undefined
  /** The resource has wildcards, so that it stands for many. */
  readonly isPattern: boolean
  private knownTokens: Tokens | undefined
  private knownSide: ResourceSide | undefined
  private knownContext: ContextLookup | undefined
  /** What the resource tells, by keys; null: nothing. */
  private told: Map<readonly string[], string | null> | undefined
  private readonly memo: ActionMemo | undefined
  /** The memory that it shares with other requests for the action. */
  readonly shared: ActionMemo | undefined
  private readonly textMemo: Uint8Array | undefined

  constructor(estate: Estate, action: string, resource: string, options: RequestOptions = {}) {
    this.estate = estate
    this.action = action.toLowerCase()
    this.asked = action
    this.resource = resource
    // For actions that know no resource, `*` is the very text that is compared, not a pattern over resources.
    const isText = options.literal === true || (resource === '*' && isWildcardOnly(this.action))
    this.isPattern = isPattern(resource) && !isText
    this.context = options.context
    const whole = options.whole === true
    this.shared = options.actionMemo
    this.memo = options.actionMemo ?? (whole ? actionMemo(estate.state) : undefined)
    this.textMemo = whole ? new Uint8Array(estate.state.texts.length) : undefined
  }

  /** Whether a statement is about the action. */
  hasAction(statement: number): boolean {
    const isAbout = this.memo?.isAbout
    if (isAbout !== undefined) return isAbout[statement] === 1
    const { statements } = this.estate.state
    const list = statements.actions[statement] ?? -1
    const known = this.memo?.lists[list]
    const hit = known !== undefined && known !== 0 ? known === 2 : this.listHas(list)
    return ((statements.flags[statement] ?? 0) & NOT_ACTION) === 0 ? hit : !hit
  }

  /** Places, in a document, of the statements that are about the action. */
  indexesIn(document: number): readonly number[] {
    if (this.shared !== undefined) {
      if (this.shared.said[document] === SILENT) return NOWHERE
      const known = this.shared.indexes.get(document)
      if (known !== undefined) return known
    }
    const found = this.placesIn(document)
    this.shared?.indexes.set(document, found)
    return found
  }

  private placesIn(document: number): readonly number[] {
    let found: number[] | undefined
    const { offsets, items } = this.estate.state.documents.statements
    const start = offsets[document] ?? 0
    const end = offsets[document + 1] ?? 0
    for (let i = start; i < end; i++) {
      if (!this.hasAction(items[i] ?? -1)) continue
      if (found === undefined) found = [i - start]
      else found.push(i - start)
    }
    if (found === undefined) return NOWHERE
    return found.length === 1 ? single(found[0] ?? 0) : found
  }

  /**
   * The truth of "this statement applies to the request of this principal", for a statement that is about the action,
   * leaving its effect and its `Principal` out.
   * For `NOBODY` a truth that differs between principals is `DEPENDS`. `absent`: the truth of a missing `Resource`.
   */
  truth(statement: number, principal: number, absent: Truth): Truth | typeof DEPENDS {
    const onResource = this.resourceTruth(statement, principal, absent)
    if (onResource === FALSE) return FALSE
    const block = this.estate.blockOf(statement)
    if (block === undefined) return onResource
    const { context } = this
    const isFixed = context !== undefined && block.clauses.some((c) => context.has(c.key.toLowerCase()))
    const told = this.toldFor(block)
    if (!block.aboutPrincipal && !isFixed) {
      const holds = told === undefined ? IF : this.settledTruth(block, statement, told)
      return onResource === DEPENDS && holds !== FALSE ? DEPENDS : and(onResource as Truth, holds)
    }
    if (principal === NOBODY) return DEPENDS
    const variables = (this.estate.flags(statement) & VARIABLES) !== 0
    const holds =
      context === undefined && told === undefined
        ? this.estate.blockTruth(block, principal, variables)
        : blockTruth(
            block.clauses,
            this.estate.identity(principal),
            variables,
            context,
            told === undefined ? undefined : this.onResource,
          )
    return onResource === DEPENDS ? DEPENDS : and(onResource, holds)
  }

  /** What the resource tells of the keys of a block, as a text; `undefined`: nothing. */
  toldFor({ resourceKeys }: Block): string | undefined {
    if (resourceKeys.length === 0) return undefined
    const known = this.told?.get(resourceKeys)
    if (known !== undefined) return known ?? undefined
    const values = resourceKeys.map((name) => this.onResource.value(name))
    const told = values.every((value) => value === UNKNOWN) ? null : JSON.stringify(values)
    this.told ??= new Map()
    this.told.set(resourceKeys, told)
    return told ?? undefined
  }

  private settledTruth(block: Block, statement: number, told: string): Truth {
    const variables = (this.estate.flags(statement) & VARIABLES) !== 0
    const key = `${variables} ${told}`
    const known = block.settled.get(key)
    if (known !== undefined) return known
    const made = blockTruth(block.clauses, ANYBODY, variables, undefined, this.onResource)
    block.settled.set(key, made)
    return made
  }

  /** What stands on the resource's side, when nothing else is told. */
  get side(): ResourceSide {
    this.knownSide ??= resourceSide(this.estate, this.action, this.resource)
    return this.knownSide
  }

  /** What the resource tells of the request's context. */
  get onResource(): ContextLookup {
    this.knownContext ??= resourceContext(this.estate, this.action, this.resource, this.side)
    return this.knownContext
  }

  /** Whether what a document says of the action is the same for every resource. */
  isForEveryResource(document: number): boolean {
    const { statements } = this.estate.state
    for (const index of this.indexesIn(document)) {
      const statement = this.estate.statementAt(document, index)
      const list = statements.resources[statement] ?? -1
      if (list >= 0 && !this.estate.isEverything(list)) return false
      const block = this.estate.blockOf(statement)
      if (block !== undefined && block.resourceKeys.length > 0) return false
    }
    return true
  }

  isAllow(statement: number): boolean {
    return (this.estate.flags(statement) & ALLOW) !== 0
  }

  /** The truth of "the resource is one that the statement names". */
  resourceTruth(statement: number, principal: number, absent: Truth): Truth | typeof DEPENDS {
    const { statements } = this.estate.state
    const list = statements.resources[statement] ?? -1
    if (list < 0) return absent
    const flags = this.estate.flags(statement)
    if (this.estate.isEverything(list)) return (flags & NOT_RESOURCE) === 0 ? TRUE : FALSE
    let any: Truth = FALSE
    let depends = false
    const { offsets, items } = statements.lists
    const end = offsets[list + 1] ?? 0
    for (let i = offsets[list] ?? 0; i < end; i++) {
      const one = this.textTruth(items[i] ?? -1, flags, principal)
      if (one === DEPENDS) depends = true
      else any = or(any, one)
      if (any === TRUE) break
    }
    if (depends && any !== TRUE) return DEPENDS
    return (flags & NOT_RESOURCE) === 0 ? any : not(any)
  }

  /** The truth of "the resource matches this pattern". */
  textTruth(text: number, flags: number, principal: number): Truth | typeof DEPENDS {
    const known = this.textMemo?.[text] ?? 0
    // The same text may have variables in one document and literal `${` in another of an older version.
    if (known !== 0) return (known - 1) as Truth
    const pattern = this.estate.text(text)
    const kind = this.estate.patternKind(text, flags)
    if (kind === 'variables') {
      if (principal === NOBODY) return DEPENDS
      const filled = fillIn(pattern, this.estate.identity(principal), this.onResource)
      if (filled === undefined) return FALSE
      const hit = this.tokensTruth(filled.tokens)
      return filled.open ? and(hit, IF) : hit
    }
    const truth =
      this.isPattern || kind === 'tokens'
        ? this.tokensTruth(this.estate.tokensOfText(text))
        : (kind === 'literal' ? pattern === this.resource : plainMatches(pattern, this.resource))
          ? TRUE
          : FALSE
    if (this.textMemo !== undefined && !pattern.includes('${')) this.textMemo[text] = truth + 1
    return truth
  }

  private get resourceTokens(): Tokens {
    this.knownTokens ??= this.isPattern ? tokensOf(this.resource) : literal(this.resource)
    return this.knownTokens
  }

  private tokensTruth(tokens: Tokens): Truth {
    if (covers(tokens, this.resourceTokens)) return TRUE
    return this.isPattern && overlap(tokens, this.resourceTokens) ? IF : FALSE
  }

  private listHas(list: number): boolean {
    let hit = false
    const { offsets, items } = this.estate.state.statements.lists
    const end = offsets[list + 1] ?? 0
    for (let i = offsets[list] ?? 0; i < end; i++) {
      const pattern = this.estate.foldedText(items[i] ?? -1)
      if (pattern === '*' || matches(pattern, this.action)) {
        hit = true
        break
      }
    }
    if (this.memo !== undefined) this.memo.lists[list] = hit ? 2 : 1
    return hit
  }
}

/** For conditions that are about no principal. */
const ANYBODY: Identity = {
  arn: '',
  kind: 'role',
  account: '',
  name: '',
  uniqueId: '',
  tags: [],
  organization: undefined,
}
