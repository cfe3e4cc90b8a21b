import type { GraphNode, NodeId, Reason, Residual } from '../../../graph/index.ts'
import { isWild, nodeId } from '../../../graph/index.ts'
import { lastStep } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import type { AwsState, ControlLevel } from '../state.ts'
import { USER, VARIABLES } from '../state.ts'
import { isPlain, tokensOf, type Tokens } from './arn-pattern.ts'
import { carriesTags } from '../universe/resource-types.ts'
import type { Clause } from './condition.ts'
import { blockTruth, clausesOf, clauseTruth, isAboutPrincipal, resourceKeysOf, render } from './condition.ts'
import type { PrincipalElement } from './principal-element.ts'
import { principalElement, resolved } from './principal-element.ts'
import { IF, type Truth } from './truth.ts'
import type { Identity } from './identity.ts'

/** A condition block, parsed. */
export interface Block {
  readonly clauses: readonly Clause[]
  /** All clauses in words. */
  readonly residuals: readonly Residual[]
  /** Some clause is about something that is fixed for a principal. */
  readonly aboutPrincipal: boolean
  /** Folded keys that the resource may tell. */
  readonly resourceKeys: readonly string[]
  /** The truth of the block by what the resource tells, where nothing else decides it. */
  readonly settled: Map<string, Truth>
}

const PLAIN = 1
const IN_SEGMENTS = 2
const HAS_VARIABLES = 4
const LITERAL = 8

/** How a resource pattern is matched; `literal`: it has no wildcard. */
export type PatternKind = 'literal' | 'plain' | 'tokens' | 'variables'

/** The engine's state with what is worked out of it, each thing when it is first needed. */
export class Estate {
  readonly state: AwsState
  private readonly nodes: ReadonlyMap<NodeId, GraphNode>
  private readonly folded: string[] = []
  private readonly blocks = new Map<number, Block>()
  private readonly elements = new Map<number, PrincipalElement>()
  private readonly tokens = new Map<number, Tokens>()
  /** Statements in words, by use and place; see `reasonOf`. */
  readonly reasons = new Map<number, Reason>()
  /** By document; see `isPublicPolicy`. */
  readonly publicPolicies = new Map<number, Truth>()
  private readonly truths = new Map<Block, Uint8Array>()
  private readonly truthsWithVariables = new Map<Block, Uint8Array>()
  private readonly residuals = new Map<Block, Map<number, readonly Residual[]>>()
  private readonly residualsWithVariables = new Map<Block, Map<number, readonly Residual[]>>()
  private readonly levels = new Map<ControlLevel, Int32Array>()
  private patternKinds: Uint8Array | undefined
  private everything: Uint8Array | undefined
  private readonly identities = new Map<number, Identity>()
  private accountIndex: Map<string, number> | undefined
  private canonical: ReadonlyMap<string, string> | undefined
  private members: Int32Array[] | undefined
  private readonly keyLists = new Map<string, readonly string[]>()
  private readonly tags = new Map<string, readonly (readonly [string, string])[] | null>()
  private tagged: ReadonlySet<string> | undefined
  private shared: readonly number[] | undefined
  private byAccount: readonly (readonly number[])[] | undefined

  constructor(state: AwsState, nodes: ReadonlyMap<NodeId, GraphNode>) {
    this.state = state
    this.nodes = nodes
  }

  text(id: number): string {
    return this.state.texts[id] ?? ''
  }

  /** A text folded to lower case, for comparing actions. */
  foldedText(id: number): string {
    return (this.folded[id] ??= this.text(id).toLowerCase())
  }

  flags(statement: number): number {
    return this.state.statements.flags[statement] ?? 0
  }

  statementsOf(document: number): Int32Array {
    return listAt(this.state.documents.statements, document)
  }

  /** The statement at a place in a document. */
  statementAt(document: number, index: number): number {
    const { offsets, items } = this.state.documents.statements
    return items[(offsets[document] ?? 0) + index] ?? -1
  }

  /** The documents of a level of control policies. */
  documentsOf(level: ControlLevel): Int32Array {
    const known = this.levels.get(level)
    if (known !== undefined) return known
    const made = Int32Array.from(level.uses, (use) => this.state.uses.documents[use] ?? -1)
    this.levels.set(level, made)
    return made
  }

  block(condition: number): Block {
    const known = this.blocks.get(condition)
    if (known !== undefined) return known
    const clauses = clausesOf(this.text(condition))
    const made = {
      clauses,
      residuals: clauses.map((clause) => ({ says: render(clause), raw: clause.raw })),
      aboutPrincipal: clauses.some(isAboutPrincipal),
      resourceKeys: this.sameKeys(resourceKeysOf(clauses)),
      settled: new Map<string, Truth>(),
    }
    this.blocks.set(condition, made)
    return made
  }

  /** One list for equal ones. */
  private sameKeys(keys: readonly string[]): readonly string[] {
    const name = keys.join()
    const known = this.keyLists.get(name)
    if (known === undefined) this.keyLists.set(name, keys)
    return known ?? keys
  }

  blockOf(statement: number): Block | undefined {
    const condition = this.state.statements.conditions[statement] ?? -1
    return condition < 0 ? undefined : this.block(condition)
  }

  /** The truth of a condition block for a principal, which does not change from request to request. */
  blockTruth(block: Block, principal: number, variables: boolean): Truth {
    const memos = variables ? this.truthsWithVariables : this.truths
    let memo = memos.get(block)
    if (memo === undefined) {
      memo = new Uint8Array(this.state.principals.arns.length)
      memos.set(block, memo)
    }
    const known = memo[principal] ?? 0
    if (known !== 0) return (known - 1) as Truth
    const made = blockTruth(block.clauses, this.identity(principal), variables)
    memo[principal] = made + 1
    return made
  }

  /** What is left of a condition block for a principal: the clauses that stay open. */
  residualsOf(block: Block, principal: number, variables: boolean): readonly Residual[] {
    if (!block.aboutPrincipal) return block.residuals
    const memos = variables ? this.residualsWithVariables : this.residuals
    let memo = memos.get(block)
    if (memo === undefined) {
      memo = new Map<number, readonly Residual[]>()
      memos.set(block, memo)
    }
    const known = memo.get(principal)
    if (known !== undefined) return known
    const identity = this.identity(principal)
    const made = block.residuals.filter((_, i) => {
      const clause = block.clauses[i]
      return clause !== undefined && clauseTruth(clause, identity, variables) === IF
    })
    memo.set(principal, made)
    return made
  }

  element(statement: number): PrincipalElement | undefined {
    const text = this.state.statements.principals[statement] ?? -1
    if (text < 0) return undefined
    const known = this.elements.get(text)
    if (known !== undefined) return known
    const made = resolved(principalElement(this.text(text)), this.canonicalIds())
    this.elements.set(text, made)
    return made
  }

  /** Accounts by their canonical user ids. */
  private canonicalIds(): ReadonlyMap<string, string> {
    this.canonical ??= new Map(
      this.state.accounts.flatMap(({ id, canonicalId }) =>
        canonicalId === undefined ? [] : [[canonicalId, id] as const],
      ),
    )
    return this.canonical
  }

  /** Whether a list of patterns has `*` itself. */
  isEverything(list: number): boolean {
    this.everything ??= this.withStar()
    return this.everything[list] === 1
  }

  private withStar(): Uint8Array {
    const { lists } = this.state.statements
    const star = this.state.texts.indexOf('*')
    const found = new Uint8Array(lists.offsets.length)
    for (let list = 0; list + 1 < lists.offsets.length; list++) {
      for (let i = lists.offsets[list] ?? 0; i < (lists.offsets[list + 1] ?? 0); i++) {
        if (lists.items[i] === star) found[list] = 1
      }
    }
    return found
  }

  patternKind(text: number, flags: number): PatternKind {
    this.patternKinds ??= new Uint8Array(this.state.texts.length)
    let kind = this.patternKinds[text] ?? 0
    if (kind === 0) {
      const pattern = this.text(text)
      kind = isWild(pattern) ? (isPlain(pattern) ? PLAIN : IN_SEGMENTS) : LITERAL
      if (pattern.includes('${')) kind |= HAS_VARIABLES
      this.patternKinds[text] = kind
    }
    if ((flags & VARIABLES) !== 0 && (kind & HAS_VARIABLES) !== 0) return 'variables'
    return (kind & LITERAL) !== 0 ? 'literal' : (kind & PLAIN) !== 0 ? 'plain' : 'tokens'
  }

  tokensOfText(id: number): Tokens {
    const known = this.tokens.get(id)
    if (known !== undefined) return known
    const made = tokensOf(this.text(id))
    this.tokens.set(id, made)
    return made
  }

  /** Index of a principal by its native id, or -1. */
  principalIndex(arn: string): number {
    return indexIn(this.state.principals.arns, arn)
  }

  resourceIndex(arn: string): number {
    return indexIn(this.state.resources.arns, arn)
  }

  /** Indexes of the resources that are shared, or may be. */
  get sharedResources(): readonly number[] {
    const { arns, shares, openShares } = this.state.resources
    this.shared ??=
      shares.items.length + openShares.items.length === 0
        ? []
        : arns.flatMap((_, i) => (listAt(shares, i).length + listAt(openShares, i).length > 0 ? [i] : []))
    return this.shared
  }

  /** Index of a customer managed policy, or -1. */
  policyIndex(arn: string): number {
    return indexIn(this.state.policies.arns, arn)
  }

  /** Index of an account by its id, or -1. */
  accountOf(id: string): number {
    this.accountIndex ??= new Map(this.state.accounts.map((account, i) => [account.id, i]))
    return this.accountIndex.get(id) ?? -1
  }

  layerSet(principal: number): number {
    return this.state.principals.layerSets[principal] ?? -1
  }

  accountOfPrincipal(principal: number): number {
    return this.state.layerSets.account[this.layerSet(principal)] ?? -1
  }

  /** Principals by layer set. */
  membersOf(set: number): Int32Array {
    if (this.members === undefined) {
      const lists: number[][] = Array.from({ length: this.state.layerSets.account.length }, () => [])
      this.state.principals.layerSets.forEach((s, p) => lists[s]?.push(p))
      this.members = lists.map((list) => Int32Array.from(list))
    }
    return this.members[set] ?? new Int32Array()
  }

  /** Principals by account. */
  principalsOf(account: number): readonly number[] {
    if (this.byAccount === undefined) {
      const lists: number[][] = this.state.accounts.map(() => [])
      this.state.principals.layerSets.forEach((_, p) => lists[this.accountOfPrincipal(p)]?.push(p))
      this.byAccount = lists
    }
    return this.byAccount[account] ?? []
  }

  identity(principal: number): Identity {
    const known = this.identities.get(principal)
    if (known !== undefined) return known
    const { arns, kinds, uniqueIds } = this.state.principals
    const arn = arns[principal] ?? ''
    const account = this.state.accounts[this.accountOfPrincipal(principal)]
    const made: Identity = {
      arn,
      kind: kinds[principal] === USER ? 'user' : 'role',
      account: account?.id ?? '',
      name: lastStep(arn),
      uniqueId: uniqueIds[principal] ?? '',
      tags: this.nodes.get(nodeId('aws', arn))?.tags ?? [],
      organization: account?.organization,
    }
    this.identities.set(principal, made)
    return made
  }

  /**
   * The tags that requests about a resource, user or role have; `undefined` where they were not collected, or where the type
   * does not give them to requests.
   */
  tagsOf(arn: string): readonly (readonly [string, string])[] | undefined {
    const known = this.tags.get(arn)
    if (known !== undefined) return known ?? undefined
    this.tagged ??= new Set(this.state.tagged)
    const isCollected = this.tagged.has(arn) || this.principalIndex(arn) >= 0
    const made =
      isCollected && carriesTags(arn) ? (this.nodes.get(nodeId('aws', arn))?.tags ?? []) : undefined
    this.tags.set(arn, made ?? null)
    return made
  }

  nodeOf(principal: number): NodeId {
    return nodeId('aws', this.state.principals.arns[principal] ?? '')
  }
}

/** Binary search in a sorted column of texts; -1 when it is not there. */
function indexIn(sorted: readonly string[], wanted: string): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const at = sorted[middle] ?? ''
    if (at === wanted) return middle
    if (at < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
