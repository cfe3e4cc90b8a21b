import { ListColumn, ListPool, TextPool } from '../model/intern.ts'
import { ACCESS_POINT } from '../model/arn.ts'
import { policyHolder } from '../model/governed.ts'
import type { AwsState, LayerSetColumns, PolicyColumns, PrincipalColumns, ResourceColumns } from '../state.ts'
import { ROLE, STATE_VERSION, USER } from '../state.ts'
import { clusterStates } from './clusters.ts'
import { accountStates } from './controls.ts'
import type { Draft, PrincipalDraft, ResourceDraft } from './draft.ts'
import { hostColumns } from './hosts.ts'
import { countAccessPoints, pointRestrictions } from './access-points.ts'
import { settleAcls } from './settle-acls.ts'
import { settleShares } from './settle-shares.ts'

/** Puts the columns of the engine together. */
export function buildState(draft: Draft): AwsState {
  settleAcls(draft)
  settleShares(draft)
  countAccessPoints(draft)
  const accounts = accountStates(draft)
  const accountIndex = new Map(accounts.map((account, i) => [account.id, i]))
  const clusters = clusterStates(draft)
  const { principals, layerSets } = principalColumns(draft, accountIndex)
  return {
    version: STATE_VERSION,
    statements: draft.tables.statementColumns(),
    documents: draft.tables.documentColumns(),
    uses: draft.tables.useColumns(),
    layerSets,
    principals,
    resources: resourceColumns(draft, accountIndex),
    tagged: [...draft.resources.values()].flatMap((r) => (r.isTagged ? [r.arn] : [])).sort(),
    hosts: hostColumns(draft, new Map(principals.arns.map((arn, i) => [arn, i]))),
    policies: policyColumns(draft),
    accounts,
    clusters,
    organization: {
      id: draft.organization.id,
      managementAccount: draft.organization.managementAccount,
    },
    notEvaluated: [...draft.notEvaluated]
      .map(([construct, { title, count }]) => ({ construct, title, count }))
      .sort((a, b) => (a.construct < b.construct ? -1 : 1)),
    // Last: the columns above add texts.
    texts: draft.tables.texts.texts,
  }
}

function policyColumns(draft: Draft): PolicyColumns {
  const sorted = [...draft.versions].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    arns: sorted.map(([arn]) => arn),
    versions: Uint8Array.from(sorted, ([, { count }]) => Math.min(count, 255)),
    broad: Uint8Array.from(sorted, ([, { broad }]) => (broad ? 1 : 0)),
  }
}

interface Layers {
  readonly account: number
  readonly serviceLinked: boolean
  readonly uses: readonly number[]
  readonly through: readonly number[]
  readonly documents: readonly number[]
  readonly missing: readonly string[]
  readonly boundaryUse: number
  readonly boundaryDocument: number
  readonly missingBoundary: string | undefined
}

function layersOf(draft: Draft, principal: PrincipalDraft, account: number): Layers {
  const uses: number[] = []
  const through: number[] = []
  const missing: string[] = []
  const add = (inline: readonly number[], attached: readonly string[], group?: string) => {
    const from = group === undefined ? -1 : draft.tables.texts.add(group)
    for (const use of inline) {
      uses.push(use)
      through.push(from)
    }
    for (const arn of attached) {
      const use = draft.managedPolicy(principal.export, arn)
      if (use === undefined) missing.push(`the document of attached policy ${arn}`)
      else {
        uses.push(use)
        through.push(from)
      }
    }
  }
  add(principal.inline, principal.attached)
  for (const name of principal.groups) {
    const group = draft.groups.get(`${principal.export}/${name}`)
    if (group === undefined) missing.push(`the policies of group ${name}`)
    else add(group.inline, group.attached, name)
  }
  const boundary =
    principal.boundary === undefined ? undefined : draft.managedPolicy(principal.export, principal.boundary)
  const documents = new Set(uses.map((use) => draft.tables.documentOf(use)))
  return {
    account,
    serviceLinked: principal.path.startsWith('/aws-service-role/'),
    uses,
    through,
    documents: [...documents].sort((a, b) => a - b),
    missing,
    boundaryUse: boundary ?? -1,
    boundaryDocument: boundary === undefined ? -1 : draft.tables.documentOf(boundary),
    missingBoundary: boundary === undefined ? principal.boundary : undefined,
  }
}

function principalColumns(
  draft: Draft,
  accountIndex: ReadonlyMap<string, number>,
): { readonly principals: PrincipalColumns; readonly layerSets: LayerSetColumns } {
  const sorted = [...draft.principals.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1))
  const sets = new ListPool()
  const lacks = new TextPool()
  const rows: Layers[] = []
  const identity = new ListColumn()
  const setOf: number[] = []
  const boundary: number[] = []
  const through: number[] = []
  for (const principal of sorted) {
    const layers = layersOf(draft, principal, accountIndex.get(principal.account) ?? -1)
    identity.push(layers.uses)
    boundary.push(layers.boundaryUse)
    for (const group of layers.through) through.push(group)
    const set = sets.add([
      layers.account,
      layers.serviceLinked ? 1 : 0,
      layers.boundaryDocument,
      lacks.add([layers.missingBoundary ?? '', ...layers.missing].join('\n')),
      ...layers.documents,
    ])
    if (set === rows.length) rows.push(layers)
    setOf.push(set)
  }
  return {
    layerSets: layerSetColumns(draft, rows),
    principals: {
      arns: sorted.map((p) => p.arn),
      kinds: Uint8Array.from(sorted, (p) => (p.kind === 'user' ? USER : ROLE)),
      uniqueIds: sorted.map((p) => p.uniqueId),
      layerSets: Int32Array.from(setOf),
      identity: identity.columns(),
      through: Int32Array.from(through),
      boundary: Int32Array.from(boundary),
      profiles: Uint8Array.from(sorted, (p) => (p.profiles.length > 0 ? 1 : 0)),
      trust: Int32Array.from(sorted, (p) => p.trust),
    },
  }
}

function layerSetColumns(draft: Draft, rows: readonly Layers[]): LayerSetColumns {
  const identity = new ListColumn()
  const missing = new ListColumn()
  for (const row of rows) {
    identity.push(row.documents)
    missing.push(row.missing.map((text) => draft.tables.texts.add(text)))
  }
  return {
    account: Int32Array.from(rows, (row) => row.account),
    identity: identity.columns(),
    boundary: Int32Array.from(rows, (row) => row.boundaryDocument),
    missing: missing.columns(),
    missingBoundary: Int32Array.from(rows, (row) =>
      row.missingBoundary === undefined
        ? -1
        : draft.tables.texts.add(`the document of permissions boundary ${row.missingBoundary}`),
    ),
    serviceLinked: Uint8Array.from(rows, (row) => (row.serviceLinked ? 1 : 0)),
  }
}

function restrictionsOf(r: ResourceDraft, ofAccount: number | undefined): readonly (number | undefined)[] {
  if (r.type === ACCESS_POINT) return pointRestrictions(r)
  return r.type === 's3:bucket' ? [r.restriction, ofAccount] : []
}

/** Only what decides: resources with a policy, S3 buckets (whose ARN does not name the owner), and what is not evaluated. */
function resourceColumns(draft: Draft, accountIndex: ReadonlyMap<string, number>): ResourceColumns {
  const kept = [...draft.resources.values()]
    .filter(
      (r) =>
        r.policy >= 0 ||
        r.constructs.size > 0 ||
        r.grants.length > 0 ||
        r.shares.length + r.openShares.length > 0 ||
        policyHolder(r.arn)?.ownerless === true,
    )
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
  const constructs = new ListColumn()
  for (const r of kept) constructs.push([...r.constructs].sort().map((c) => draft.tables.texts.add(c)))
  const grants = new ListColumn()
  for (const r of kept) grants.push(r.grants)
  const acls = new ListColumn()
  for (const r of kept) acls.push(r.aclGrants)
  const openAcls = new ListColumn()
  for (const r of kept) openAcls.push(r.openAcl)
  const shares = new ListColumn()
  for (const r of kept) shares.push(r.shares)
  const openShares = new ListColumn()
  for (const r of kept) openShares.push(r.openShares)
  const restrictions = new ListColumn()
  const settled = new Uint8Array(kept.length)
  for (const [i, r] of kept.entries()) {
    const account = r.account === undefined ? undefined : draft.accounts.get(r.account)
    const uses = restrictionsOf(r, account?.restriction)
    restrictions.push(uses.filter((use) => use !== undefined).filter((use) => use >= 0))
    settled[i] = uses.every((use) => use !== undefined) ? 1 : 0
  }
  return {
    arns: kept.map((r) => r.arn),
    accounts: Int32Array.from(kept, (r) =>
      r.account === undefined ? -1 : (accountIndex.get(r.account) ?? -1),
    ),
    policies: Int32Array.from(kept, (r) => r.policy),
    constructs: constructs.columns(),
    grants: grants.columns(),
    acls: acls.columns(),
    openAcls: openAcls.columns(),
    shares: shares.columns(),
    openShares: openShares.columns(),
    restrictions: restrictions.columns(),
    settled,
  }
}
