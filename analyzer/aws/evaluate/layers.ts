import type { Missing } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import type { Control, ControlLevel, Lists } from '../state.ts'
import { ALLOW } from '../state.ts'
import { underResourceControl } from '../universe/universe.ts'
import { keep, NOBODY, recall, type ActionMemo } from './action-memo.ts'
import type { Estate } from './estate.ts'
import type { Hit } from './hit.ts'
import { hitsOf } from './hits.ts'
import type { Layer, Layers, ResourceLayer } from './layer.ts'
import { DEPENDS, type Request } from './request.ts'
import { saidByResource, type SaidByResource } from './resource-layer.ts'
import type { ResourceSide } from './resource-side.ts'
import type { Truth } from './truth.ts'
import { FALSE, or, TRUE } from './truth.ts'

const ALLOWS = 3
const DENIES = 12
const DEPENDING = 16
const KNOWN = 32
const NOTHING: readonly Missing[] = []

/** Works out the layers of a request, keeping what documents say when the whole estate is asked. */
export class LayerReader {
  readonly side: ResourceSide
  readonly request: Request
  private readonly estate: Estate
  private readonly memo: Uint8Array | undefined
  // Made when they are needed: most readers answer one question.
  private levelHits: Map<ControlLevel, readonly Hit[]> | undefined
  /** What holds of the action whatever the resource. */
  private readonly action: ActionMemo | undefined
  private few: Map<number, number> | undefined
  private byAccount: Map<number, ResourceLayer> | undefined
  private silent: ResourceLayer | undefined

  /** `side`: what stands on the resource's side, when it is not to be looked up. */
  constructor(request: Request, whole = false, side?: ResourceSide) {
    this.request = request
    this.estate = request.estate
    this.side = side ?? request.side
    this.memo = whole ? new Uint8Array(this.estate.state.documents.single.length) : undefined
    this.action = request.shared
  }

  /**
   * The layers for one principal, or (`NOBODY`) for every principal of the set that no policy names. `trace` collects
   * what sets the principal apart from others of its set: equal traces, equal answers.
   */
  layers(set: number, principal: number, trace?: string[]): Layers {
    const { layerSets, accounts } = this.estate.state
    const account = layerSets.account[set] ?? -1
    const exempt = layerSets.serviceLinked[set] === 1
    const found = { depends: false }
    const fold = (documents: ArrayLike<number>, missing: readonly Missing[], shared: boolean): Layer => {
      let allow: Truth = FALSE
      let deny: Truth = FALSE
      for (let i = 0; i < documents.length; i++) {
        const said = this.document(documents[i] ?? -1, principal, shared, trace)
        allow = or(allow, (said & ALLOWS) as Truth)
        deny = or(deny, ((said & DENIES) >> 2) as Truth)
        if ((said & DEPENDING) !== 0) found.depends = true
      }
      return { allow, deny, missing }
    }
    const texts = (list: ArrayLike<number>, what: string): readonly Missing[] =>
      list.length === 0 ? NOTHING : Array.from(list, (text) => ({ what, says: this.estate.text(text) }))
    const identity = fold(
      listAt(layerSets.identity, set),
      texts(listAt(layerSets.missing, set), 'policy-documents'),
      false,
    )
    const boundaryDocument = layerSets.boundary[set] ?? -1
    const lost = layerSets.missingBoundary[set] ?? -1
    const boundary =
      boundaryDocument >= 0
        ? fold([boundaryDocument], NOTHING, true)
        : lost >= 0
          ? fold([], texts([lost], 'permissions-boundaries'), true)
          : undefined
    const scps = exempt
      ? []
      : this.control(accounts[account]?.scps, account, principal, 'service-control-policies', fold)
    const owner = this.side.owner === 'account' ? this.side.account : account
    const rcps =
      exempt || this.side.owner === 'other' || !underResourceControl(this.request.action)
        ? []
        : this.control(accounts[owner]?.rcps, owner, principal, 'resource-control-policies', fold)
    const resource = this.resource(set, principal, trace)
    return {
      sameAccount: this.isSameAccount(account),
      identity,
      boundary,
      scps,
      rcps,
      resource: resource.layer,
      side: this.side,
      depends: found.depends || resource.depends,
    }
  }

  /** A cheap check that spares most sets of an estate the full one: false only if none of its unnamed members may. */
  isPossible(set: number): boolean {
    const { layerSets } = this.estate.state
    const account = layerSets.account[set] ?? -1
    const said = this.resourceOf(set, account)
    if (isKmsGranted(said)) return true
    const { direct, role, account: delegated, missingAllow } = said
    const granted = direct !== FALSE || role !== FALSE || missingAllow.length > 0
    if (this.isSameAccount(account)) {
      if (granted) return true
      if (this.side.required && delegated === FALSE) return false
    } else if (!granted && delegated === FALSE) return false
    if (hasAny(layerSets.missing, set)) return true
    const { offsets, items } = layerSets.identity
    for (let i = offsets[set] ?? 0; i < (offsets[set + 1] ?? 0); i++) {
      if ((this.document(items[i] ?? -1, NOBODY, false) & ALLOWS) !== FALSE) return true
    }
    return false
  }

  /** What the resource policy says to the unnamed principals of an account. */
  private resourceOf(set: number, account: number): ResourceLayer {
    const known = this.byAccount?.get(account)
    if (known !== undefined) return known
    const { layer } = this.resource(set, NOBODY)
    this.byAccount ??= new Map()
    this.byAccount.set(account, layer)
    return layer
  }

  isSameAccount(account: number): boolean {
    const { owner } = this.side
    return owner === 'any' || owner === 'unknown' || (owner === 'account' && this.side.account === account)
  }

  private control(
    control: Control | undefined,
    account: number,
    principal: number,
    what: string,
    fold: (documents: ArrayLike<number>, missing: readonly Missing[], shared: boolean) => Layer,
  ): readonly Layer[] {
    if (control?.status === 'exempt') return []
    if (control?.status !== 'known') {
      const id = this.estate.state.accounts[account]?.id ?? 'unknown'
      return [
        {
          allow: FALSE,
          deny: FALSE,
          missing: [{ what, says: `${WORDS.get(what) ?? what} of account ${id}` }],
        },
      ]
    }
    const known = recall(this.action?.controls, control, principal)
    if (known !== undefined) return known
    const layers = control.levels.map((level) =>
      fold(
        this.estate.documentsOf(level),
        level.missing.length === 0 ? NOTHING : level.missing.map((says) => ({ what, says })),
        true,
      ),
    )
    if (control.levels.every((level) => this.isForAll(level))) {
      keep(this.action?.controls, control, NOBODY, layers)
    } else if (principal !== NOBODY && control.levels.every((level) => this.isEverywhere(level))) {
      keep(this.action?.controls, control, principal, layers)
    }
    return layers
  }

  /** Whether a level of control policies says the same about every resource. */
  private isEverywhere(level: ControlLevel): boolean {
    return this.estate.documentsOf(level).every((document) => this.everywhere(document) !== undefined)
  }

  /** Whether it also says the same to everybody. */
  private isForAll(level: ControlLevel): boolean {
    return this.isEverywhere(level) && this.estate.documentsOf(level).every((d) => this.isSameForAll(d))
  }

  /** What a document says of the action, when it is the same for every resource. */
  private everywhere(document: number): number | undefined {
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
  private document(document: number, principal: number, shared: boolean, trace?: string[]): number {
    const said = trace === undefined ? this.everywhere(document) : undefined
    if (said !== undefined && (principal === NOBODY || (said & DEPENDING) === 0)) return said
    if (this.memo !== undefined || shared) {
      // What nobody in particular is told holds for all, unless it depends on who asks.
      const known = this.nobody(document)
      if (principal === NOBODY || (known & DEPENDING) === 0) return known
    }
    return this.read(document, principal, trace)
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

  /** The statements of a level of control policies that apply, kept where they are the same for everybody. */
  controlHits(level: ControlLevel, principal: number): readonly Hit[] {
    const known = this.levelHits?.get(level) ?? recall(this.action?.levelHits, level, principal)
    if (known !== undefined) return known
    const hits = hitsOf(this.request, level.uses, principal)
    if (this.isEverywhere(level)) {
      keep(this.action?.levelHits, level, this.isForAll(level) ? NOBODY : principal, hits)
    } else if (this.estate.documentsOf(level).every((document) => this.isSameForAll(document))) {
      this.levelHits ??= new Map()
      this.levelHits.set(level, hits)
    }
    return hits
  }

  /** Whether a document says the same to every principal. */
  isSameForAll(document: number): boolean {
    return (this.nobody(document) & DEPENDING) === 0
  }

  /**
   * A cheap check before `layers`: false only if the principal may not, because nothing grants it. Most questions end
   * here.
   */
  isGranted(set: number, principal: number): boolean {
    const { layerSets } = this.estate.state
    const said = this.resource(set, principal).layer
    if (isKmsGranted(said)) return true
    const { direct, role, account, missingAllow } = said
    const granted = direct !== FALSE || role !== FALSE || missingAllow.length > 0
    if (this.isSameAccount(layerSets.account[set] ?? -1)) {
      if (granted) return true
      if (this.side.required && account === FALSE) return false
    } else if (!granted && account === FALSE) return false
    if (hasAny(layerSets.missing, set)) return true
    const { offsets, items } = layerSets.identity
    for (let i = offsets[set] ?? 0; i < (offsets[set + 1] ?? 0); i++) {
      if ((this.document(items[i] ?? -1, principal, false) & ALLOWS) !== FALSE) return true
    }
    return false
  }

  private read(document: number, principal: number, trace?: string[]): number {
    let allow: Truth = FALSE
    let deny: Truth = FALSE
    let depends = false
    const { offsets, items } = this.estate.state.documents.statements
    const start = offsets[document] ?? 0
    for (const index of this.request.indexesIn(document)) {
      const statement = items[start + index] ?? -1
      const truth = this.request.truth(statement, principal, FALSE)
      if (truth === FALSE) continue
      const isAllow = (this.estate.flags(statement) & ALLOW) !== 0
      trace?.push(`${statement}:${truth}`)
      if (truth === DEPENDS) {
        depends = true
        if (isAllow) allow = TRUE
      } else if (isAllow) allow = or(allow, truth)
      else deny = or(deny, truth)
    }
    return allow | (deny << 2) | (depends ? DEPENDING : 0)
  }

  private resource(set: number, principal: number, trace?: string[]): SaidByResource {
    const account = this.estate.state.layerSets.account[set] ?? -1
    const { request, side } = this
    const isForeign = !this.isSameAccount(account)
    const isListed = isForeign && side.acl.length + side.openAcl.length + side.unlisted.length > 0
    const others = side.grants.length + side.beyond.length + side.shares.length + side.openShares.length
    if (side.policy < 0 && others === 0 && !isListed) {
      const missing =
        isForeign && side.unevaluated.length > 0 ? [...side.missing, ...side.unevaluated] : side.missing
      const layer = missing === side.missing ? (this.silent ??= silent(missing)) : silent(missing)
      return { layer, depends: false }
    }
    return saidByResource({ request, side, set, principal, trace, isForeign })
  }
}

function isKmsGranted({ kmsGrant, kmsGrantToAccount }: ResourceLayer): boolean {
  return kmsGrant !== FALSE || kmsGrantToAccount !== FALSE
}

/** No resource policy. */
function silent(missing: readonly Missing[]): ResourceLayer {
  return {
    direct: FALSE,
    role: FALSE,
    account: FALSE,
    kmsGrant: FALSE,
    kmsGrantToAccount: FALSE,
    deny: FALSE,
    missingAllow: missing,
    missingDeny: missing,
  }
}

function hasAny(lists: Lists, i: number): boolean {
  return (lists.offsets[i] ?? 0) < (lists.offsets[i + 1] ?? 0)
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['service-control-policies', 'the service control policies'],
  ['resource-control-policies', 'the resource control policies'],
])
