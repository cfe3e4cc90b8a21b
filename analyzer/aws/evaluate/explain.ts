import type { Answer, Missing, Reason, Residual } from '../../../graph/index.ts'
import { isNonEmpty } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import type { Hit } from './hit.ts'
import { aclHits, grantHits, hitsOf, reasonOf, resourceHits, restrictionHits, shareHits } from './hits.ts'
import type { Layer, Layers } from './layer.ts'
import type { LayerReader } from './layers.ts'
import type { Request } from './request.ts'
import { FALSE, IF, TRUE, UNKNOWN, type Truth } from './truth.ts'
import { access, allowWithin, grantLimit, grants, verdict, type Verdict } from './verdict.ts'

/**
 * The answer with its proof: decision, what must still hold, what is missing, and the statements that decided. `brief`:
 * without the control policies that merely let it through. `known`: what was worked out already.
 */
export function explain(
  reader: LayerReader,
  principal: number,
  options: {
    readonly brief?: boolean
    readonly known?: { readonly layers: Layers; readonly verdict: Verdict }
  } = {},
): Answer {
  const { request } = reader
  const { estate } = request
  if (request.action === 'sts:getcalleridentity') return ALWAYS
  const layers = options.known?.layers ?? reader.layers(estate.layerSet(principal), principal)
  const { truth, otherwise } = options.known?.verdict ?? verdict(layers)
  const proof = new Proof(reader, layers, principal, options.brief === true)
  if (otherwise === FALSE) {
    const because = proof.denial()
    if (truth === FALSE) return { decision: 'denied', because }
    return { decision: 'unknown', missing: missingOf(layers), otherwise: 'denied', conditions: [], because }
  }
  const because = proof.grant()
  if (truth === TRUE) return { decision: 'allowed', because }
  const conditions = proof.conditions()
  if (truth === UNKNOWN) {
    const decision = otherwise === IF ? 'allowed-if' : 'allowed'
    return { decision: 'unknown', missing: missingOf(layers), otherwise: decision, conditions, because }
  }
  return isNonEmpty(conditions)
    ? { decision: 'allowed-if', conditions, because }
    : { decision: 'allowed-if', conditions: [{ says: 'conditions of the request' }], because }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permission is needed, and a denial has no effect. */
const ALWAYS: Answer = {
  decision: 'allowed',
  because: [
    {
      layer: 'AWS STS',
      effect: 'allow',
      says: 'GetCallerIdentity needs no permission and cannot be denied',
      at: null,
    },
  ],
}

function missingOf(layers: Layers): readonly [Missing, ...Missing[]] {
  const found = new Map<string, Missing>()
  const add = (list: readonly Missing[]) => {
    for (const missing of list) found.set(`${missing.what} ${missing.says}`, missing)
  }
  for (const layer of [...layers.scps, ...layers.rcps, layers.identity]) add(layer.missing)
  if (layers.boundary !== undefined) add(layers.boundary.missing)
  add(layers.resource.missingAllow)
  add(layers.resource.missingDeny)
  if (layers.resource.kmsGrant !== FALSE && grantLimit(layers) !== TRUE) add([LIMITED_GRANT])
  if (layers.resource.kmsGrantToAccount !== FALSE) add([ACCOUNT_GRANT])
  const list = [...found.values()]
  return isNonEmpty(list) ? list : [{ what: 'policies', says: 'a policy that was not imported' }]
}

const LIMITED_GRANT: Missing = {
  what: 'kms-grant',
  says: 'whether a permissions boundary, or the identity policies of another account, limit a KMS grant',
}

const ACCOUNT_GRANT: Missing = {
  what: 'kms-grant',
  says: 'whether a KMS grant to an account needs an identity policy there',
}

const SILENT: Layer = { allow: FALSE, deny: FALSE, missing: [] }

interface Group {
  readonly layer: string
  readonly hits: readonly Hit[]
}

class Proof {
  private readonly reader: LayerReader
  private readonly layers: Layers
  private readonly brief: boolean
  private readonly identity: Group
  private readonly boundary: Group | undefined
  private readonly scps: readonly Group[]
  private readonly rcps: readonly Group[]
  private readonly resource: Group
  private readonly all: readonly Group[]

  constructor(reader: LayerReader, layers: Layers, principal: number, brief: boolean) {
    this.brief = brief
    this.reader = reader
    this.layers = layers
    const { request } = reader
    const { state } = request.estate
    const group = (layer: string, uses: Iterable<number>): Group => ({
      layer,
      hits: hitsOf(request, uses, principal),
    })
    this.identity = group('identity policy', listAt(state.principals.identity, principal))
    const boundaryUse = state.principals.boundary[principal] ?? -1
    this.boundary =
      layers.boundary === undefined
        ? undefined
        : group('permissions boundary', boundaryUse < 0 ? [] : [boundaryUse])
    const own = request.estate.accountOfPrincipal(principal)
    const owner = layers.side.owner === 'account' ? layers.side.account : own
    const control = (kind: 'scps' | 'rcps', account: number, said: readonly Layer[]) => {
      const found = state.accounts[account]?.[kind]
      if (said.length === 0 || found?.status !== 'known') return []
      const word = kind === 'scps' ? 'service control policy' : 'resource control policy'
      return found.levels.flatMap((level, i) => {
        const { allow, deny } = said[i] ?? SILENT
        if (brief && deny === FALSE && (allow === TRUE || kind === 'rcps')) return []
        return { layer: `${word} of ${level.target}`, hits: reader.controlHits(level, principal) }
      })
    }
    this.scps = control('scps', own, layers.scps)
    this.rcps = control('rcps', owner, layers.rcps)
    const word = request.action.startsWith('sts:') ? 'trust policy' : 'resource policy'
    this.resource = { layer: word, hits: onResource(request, layers, principal) }
    const bound = this.boundary === undefined ? [] : [this.boundary]
    this.all = [this.identity, ...bound, ...this.scps, ...this.rcps, this.resource]
  }

  /** Why not: explicit denials, else every layer that says nothing. */
  denial(): readonly [Reason, ...Reason[]] {
    const denials = this.denials(TRUE)
    if (isNonEmpty(denials)) return denials
    const { request } = this.reader
    const what = `${request.asked} on ${request.resource}`
    const silent: Reason[] = []
    const none = (layer: string, says: string) => silent.push({ layer, effect: 'none', says, at: null })
    // A proof that is not brief has a group for each level.
    for (const [i, level] of this.layers.scps.entries()) {
      if (allowWithin(level, false) !== FALSE) continue
      none(this.scps[i]?.layer ?? 'service control policy', `no policy at this level allows ${what}`)
    }
    const { direct, role, account } = grants(this.layers, false)
    const { sameAccount, side } = this.layers
    if (access(this.layers, false) === FALSE) {
      if (this.layers.boundary !== undefined && allowWithin(this.layers.boundary, false) === FALSE) {
        none('permissions boundary', `the boundary does not allow ${what}`)
      }
      const needsIdentity = sameAccount ? role === FALSE : true
      if (needsIdentity && this.layers.identity.allow === FALSE) {
        none('identity policy', `no identity policy allows ${what}`)
      }
      const granted = direct !== FALSE || role !== FALSE || account !== FALSE
      if ((side.required || !sameAccount) && !granted) none(this.resource.layer, this.noGrant())
    }
    return isNonEmpty(silent)
      ? silent
      : [{ layer: 'policies', effect: 'none', says: `nothing allows ${what}`, at: null }]
  }

  /** The statements that allow, and those whose denial depends on conditions. */
  grant(): readonly [Reason, ...Reason[]] {
    const { request } = this.reader
    const reasons: Reason[] = []
    for (const group of this.granting()) {
      for (const hit of deciding(group.hits)) reasons.push(reasonOf(request, group.layer, hit))
    }
    for (const level of this.brief ? [] : this.scps) {
      for (const hit of deciding(level.hits)) reasons.push(reasonOf(request, level.layer, hit))
    }
    reasons.push(...this.denials(IF))
    return isNonEmpty(reasons)
      ? reasons
      : [
          {
            layer: 'policies',
            effect: 'none',
            says: 'only missing facts could forbid it',
            at: null,
          },
        ]
  }

  /** What must still hold. */
  conditions(): readonly Residual[] {
    const found = new Map<string, Residual>()
    const add = (residuals: readonly Residual[]) => {
      for (const residual of residuals) found.set(residual.says, residual)
    }
    const ways = this.ways()
    if (ways.length === 1) add(ways[0] ?? [])
    else if (ways.length > 1) add([either(ways)])
    for (const level of this.scps) add(allowing(level.hits))
    for (const group of this.all) {
      for (const hit of group.hits) {
        if (hit.allow || hit.truth !== IF) continue
        const inner = hit.residuals.map((residual) => residual.says).join(' and ')
        add([{ says: `not (${inner})`, ...rawOf(hit.residuals) }])
      }
    }
    return [...found.values()]
  }

  private noGrant(): string {
    const { side } = this.layers
    if (side.shares.length > 0) return 'neither a policy of it nor a share allows it'
    if (!side.governed) return 'resources of this type have no policy that could allow other accounts'
    return side.policy < 0 ? 'it has no policy that allows it' : 'it does not allow this principal'
  }

  /** Each way to be allowed, as what must hold for it; none: no condition is left. */
  private ways(): readonly (readonly Residual[])[] {
    const { identity, resource, boundary } = this
    const of = (grant: Hit['grant']) => resource.hits.filter((hit) => hit.allow && hit.grant === grant)
    const inside = boundary === undefined ? [] : allowing(boundary.hits)
    const side = this.layers.sameAccount
    const granted = of('kms-grant')
    const ways: (readonly Residual[])[] = granted.length > 0 ? [allowing(granted)] : []
    if (!side) {
      const named = resource.hits.filter((hit) => hit.allow && hit.grant !== 'kms-grant')
      const own = ways.length === 0 || (named.length > 0 && this.layers.identity.allow !== FALSE)
      if (own) ways.push([...allowing(identity.hits), ...inside, ...allowing(named)])
      return nonTrivial(ways)
    }
    const direct = of('direct')
    if (direct.length > 0) ways.push(allowing(direct))
    if (this.layers.boundary !== undefined && allowWithin(this.layers.boundary, false) === FALSE) {
      return nonTrivial(ways)
    }
    const role = of('role')
    if (role.length > 0) ways.push([...allowing(role), ...inside])
    if (identity.hits.some((hit) => hit.allow)) {
      const account = of('account')
      if (!this.layers.side.required) ways.push([...allowing(identity.hits), ...inside])
      else if (grants(this.layers, false).account !== FALSE) {
        ways.push([...allowing(identity.hits), ...allowing(account), ...inside])
      }
    }
    return nonTrivial(ways)
  }

  private granting(): readonly Group[] {
    const { sameAccount, side } = this.layers
    const { direct, role } = grants(this.layers, false)
    const only = (...kinds: readonly Hit['grant'][]): Group => ({
      layer: this.resource.layer,
      hits: this.resource.hits.filter((hit) => kinds.includes(hit.grant)),
    })
    const bound = this.boundary === undefined ? [] : [this.boundary]
    const { kmsGrant } = this.layers.resource
    if (kmsGrant === TRUE && direct !== TRUE && role !== TRUE) return [only('kms-grant')]
    if (!sameAccount) return [this.identity, ...bound, this.resource]
    if (direct === TRUE) return [only('direct')]
    if (side.required) {
      if (role === TRUE) return [only('role'), ...bound]
      return [this.resource, this.identity, ...bound]
    }
    if (this.layers.identity.allow === TRUE) return [this.identity, ...bound]
    return [this.identity, only('direct', 'role'), ...bound]
  }

  private denials(truth: Truth): readonly Reason[] {
    const reasons: Reason[] = []
    for (const { layer, hits } of this.all) {
      for (const hit of hits) {
        if (!hit.allow && hit.truth === truth) reasons.push(reasonOf(this.reader.request, layer, hit))
      }
    }
    return reasons
  }
}

/** The statements on the resource's side that apply. */
function onResource(request: Request, layers: Layers, principal: number): readonly Hit[] {
  const { policy, grants: given, acl, shares, restrictions } = layers.side
  const hits = policy < 0 ? NO_HITS : resourceHits(request, policy, principal)
  const more = given.length === 0 ? hits : [...hits, ...grantHits(request, given, principal)]
  if (layers.sameAccount || shares.length + acl.length + restrictions.length === 0) return more
  return [
    ...more,
    ...shareHits(request, shares, principal),
    ...aclHits(request, acl, principal),
    ...restrictionHits(request, restrictions, principal),
  ]
}

const NO_HITS: readonly Hit[] = []

/** One certain statement is enough; else all that could allow. */
function deciding(hits: readonly Hit[]): readonly Hit[] {
  const certain = hits.find((hit) => hit.allow && hit.truth === TRUE)
  if (certain !== undefined) return [certain]
  return hits.every((hit) => hit.allow) ? hits : hits.filter((hit) => hit.allow)
}

/** What must hold for one of the allowing statements to apply; empty when one does for certain. */
function allowing(hits: readonly Hit[]): readonly Residual[] {
  const open = deciding(hits).filter((hit) => hit.truth === IF)
  const [first] = open
  if (first === undefined) return []
  return open.length === 1 ? first.residuals : [either(open.map((hit) => hit.residuals))]
}

function either(ways: readonly (readonly Residual[])[]): Residual {
  const texts = new Set(ways.map((way) => way.map((residual) => residual.says).join(' and ')))
  const list = [...texts]
  return { says: list.length === 1 ? (list[0] ?? '') : list.map((text) => `(${text})`).join(' or ') }
}

/** One way without conditions makes all of them superfluous. */
function nonTrivial(ways: readonly (readonly Residual[])[]): readonly (readonly Residual[])[] {
  return ways.some((way) => way.length === 0) ? [] : ways
}

function rawOf(residuals: readonly Residual[]): { readonly raw?: string } {
  const raw = residuals.length === 1 ? residuals[0]?.raw : undefined
  return raw === undefined ? {} : { raw }
}
