import type { Missing } from '../../../graph/index.ts'
import { entry } from '../../multimap.ts'
import { listAt } from '../model/intern.ts'
import type { Control, ControlLevel, Lists } from '../state.ts'
import { underResourceControl } from '../universe/universe.ts'
import { NOBODY, type AcrossActions, type ActionMemo, type LevelMemo } from './action-memo.ts'
import { all, ALLOWS, DEPENDING, DocumentReader, layerOf, NOTHING } from './documents.ts'
import type { Estate } from './estate.ts'
import type { Hit } from './hit.ts'
import { hitsOf } from './hits.ts'
import type { Layer, Layers, ResourceLayer } from './layer.ts'
import type { Request } from './request.ts'
import { saidByResource, type SaidByResource } from './resource-layer.ts'
import type { ResourceSide } from './resource-side.ts'
import { FALSE } from './truth.ts'

const NO_LEVELS: readonly Layer[] = []

/** Works out the layers of a request, keeping what documents say when the whole estate is asked. */
export class LayerReader {
  readonly side: ResourceSide
  readonly request: Request
  private readonly estate: Estate
  private readonly documents: DocumentReader
  // Made when they are needed: most readers answer one question.
  private levelHits: Map<ControlLevel, readonly Hit[]> | undefined
  /** What holds of the action whatever the resource. */
  private readonly action: ActionMemo | undefined
  private byAccount: Map<number, ResourceLayer> | undefined
  private silent: ResourceLayer | undefined

  /** `side`: what stands on the resource's side, when it is not to be looked up. */
  constructor(request: Request, whole = false, side?: ResourceSide) {
    this.request = request
    this.estate = request.estate
    this.side = side ?? request.side
    this.documents = new DocumentReader(request, whole)
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
    const before = this.documents.depending
    const { identity: own, missing } = layerSets
    const start = own.offsets[set] ?? 0
    const end = own.offsets[set + 1] ?? 0
    const lost = hasAny(missing, set) ? this.named(listAt(missing, set), 'policy-documents') : NOTHING
    const identity = this.documents.fold({ documents: own.items, start, end }, principal, lost, false, trace)
    const boundary = this.boundary(set, principal, trace)
    const scps = exempt
      ? NO_LEVELS
      : this.control(accounts[account]?.scps, account, principal, 'service-control-policies', trace)
    const owner = this.side.owner === 'account' ? this.side.account : account
    const rcps =
      exempt || this.side.owner === 'other' || !underResourceControl(this.request.action)
        ? NO_LEVELS
        : this.control(accounts[owner]?.rcps, owner, principal, 'resource-control-policies', trace)
    const resource = this.resource(set, principal, trace)
    return {
      sameAccount: this.isSameAccount(account),
      identity,
      boundary,
      scps,
      rcps,
      resource: resource.layer,
      side: this.side,
      depends: this.documents.depending > before || resource.depends,
    }
  }

  private boundary(set: number, principal: number, trace: string[] | undefined): Layer | undefined {
    const { boundary, missingBoundary } = this.estate.state.layerSets
    const document = boundary[set] ?? -1
    if (document >= 0) return this.documents.fold(all([document]), principal, NOTHING, true, trace)
    const lost = missingBoundary[set] ?? -1
    return lost < 0 ? undefined : layerOf(FALSE, FALSE, this.named([lost], 'permissions-boundaries'))
  }

  private named(texts: ArrayLike<number>, what: string): readonly Missing[] {
    return Array.from(texts, (text) => ({ what, says: this.estate.text(text) }))
  }

  /**
   * A cheap check before `layers`: true only if the principal may not, because its boundary allows the action nowhere and
   * nothing on the resource's side grants it.
   */
  isBarred(set: number): boolean {
    const boundary = this.estate.state.layerSets.boundary[set] ?? -1
    if (boundary < 0 || !this.isSilent(this.estate.state.layerSets.account[set] ?? -1)) return false
    const said = this.documents.everywhere(boundary)
    return said !== undefined && (said & (ALLOWS | DEPENDING)) === 0
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
      if ((this.documents.document(items[i] ?? -1, NOBODY, false) & ALLOWS) !== FALSE) return true
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
    trace: string[] | undefined,
  ): readonly Layer[] {
    if (control?.status === 'exempt') return NO_LEVELS
    if (control?.status !== 'known') {
      const id = this.estate.state.accounts[account]?.id ?? 'unknown'
      return [layerOf(FALSE, FALSE, [{ what, says: `${WORDS.get(what) ?? what} of account ${id}` }])]
    }
    const { levels } = control
    const known = this.action?.controls.get(levels)
    const layers = levels.map((level, i) => known?.[i] ?? this.level(level, principal, what, trace))
    if (known === undefined) this.action?.controls.set(levels, this.sameForAll(levels, layers))
    return layers
  }

  /** The layers that every principal has, whatever the resource. */
  private sameForAll(
    levels: readonly ControlLevel[],
    layers: readonly Layer[],
  ): readonly (Layer | undefined)[] {
    return levels.map((level, i) => (this.levelMemo(level)?.isForAll === true ? layers[i] : undefined))
  }

  private level(level: ControlLevel, principal: number, what: string, trace: string[] | undefined): Layer {
    const memo = this.levelMemo(level)
    const whom = memo?.isForAll === true ? NOBODY : principal
    const known = memo?.layers.get(whom)
    if (known !== undefined) return known
    const missing = level.missing.length === 0 ? NOTHING : level.missing.map((says) => ({ what, says }))
    const layer = this.documents.fold(all(this.estate.documentsOf(level)), principal, missing, true, trace)
    // What nobody in particular is told is not all that there is, unless it is for all.
    if (whom !== NOBODY || memo?.isForAll === true) memo?.layers.set(whom, layer)
    return layer
  }

  /** `undefined`: what the policies of the level say differs between resources, or one question alone is asked. */
  private levelMemo(level: ControlLevel): LevelMemo | undefined {
    const { action } = this
    if (action === undefined) return undefined
    const known = action.levels.get(level)
    if (known !== undefined) return known ?? undefined
    const documents = this.estate.documentsOf(level)
    let made: LevelMemo | null = null
    if (this.documents.isEverywhere(documents)) {
      const fresh = { isForAll: this.documents.isSameForAll(documents), layers: new Map(), hits: new Map() }
      made = action.across === undefined ? fresh : this.sharedMemo(action.across, level, documents, fresh)
    }
    action.levels.set(level, made)
    return made ?? undefined
  }

  /** The one that actions share of which the same statements speak. */
  private sharedMemo(
    across: AcrossActions,
    level: ControlLevel,
    documents: ArrayLike<number>,
    fresh: LevelMemo,
  ): LevelMemo {
    const key = Array.from(documents, (document) => this.request.indexesIn(document).join()).join(';')
    return entry(
      entry(across.levels, level, () => new Map<string, LevelMemo>()),
      key,
      () => fresh,
    )
  }

  /** The statements of a level of control policies that apply, kept where they are the same for every resource, or for everybody. */
  controlHits(level: ControlLevel, principal: number): readonly Hit[] {
    const memo = this.levelMemo(level)
    const isForAll = memo?.isForAll ?? this.documents.isSameForAll(this.estate.documentsOf(level))
    const whom = isForAll ? NOBODY : principal
    const known = memo === undefined ? this.levelHits?.get(level) : memo.hits.get(whom)
    if (known !== undefined) return known
    const hits = hitsOf(this.request, level.uses, principal)
    if (memo !== undefined) memo.hits.set(whom, hits)
    else if (isForAll) (this.levelHits ??= new Map()).set(level, hits)
    return hits
  }

  private resource(set: number, principal: number, trace?: string[]): SaidByResource {
    const account = this.estate.state.layerSets.account[set] ?? -1
    const { request, side } = this
    const isForeign = !this.isSameAccount(account)
    if (this.isSilent(account)) {
      const missing =
        isForeign && side.unevaluated.length > 0 ? [...side.missing, ...side.unevaluated] : side.missing
      const layer = missing === side.missing ? (this.silent ??= silent(missing)) : silent(missing)
      return { layer, depends: false }
    }
    return saidByResource({ request, side, set, principal, trace, isForeign })
  }

  /** Whether nothing on the resource's side says anything to principals of an account, but for what is missing. */
  private isSilent(account: number): boolean {
    const { side } = this
    if (side.policy >= 0 || side.grants.length + side.beyond.length > 0) return false
    if (side.shares.length + side.openShares.length > 0) return false
    return this.isSameAccount(account) || side.acl.length + side.openAcl.length + side.unlisted.length === 0
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
