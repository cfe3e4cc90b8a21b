import type { JsonObject, Row, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { isAccountId } from '../model/arn.ts'
import { rawTags, textList } from '../raw.ts'
import type { Draft } from './draft.ts'
import { environmentOf } from '../../environment.ts'
import { isControlType } from './organization-draft.ts'

/** The kinds that tell about the organization. */
export const ORGANIZATION_KINDS = [
  'aws.organization-tree',
  'aws.organization',
  'aws.organization-roots',
  'aws.organizational-units',
  'aws.accounts',
  'aws.accounts-for-parent',
  'aws.organization-policy',
  'aws.organization-policies',
  'aws.policy-targets',
  'aws.policies-for-target',
] as const

type Kind = (typeof ORGANIZATION_KINDS)[number]

/** Reads one source about the organization. */
export function readOrganization(draft: Draft, source: SourceRows): void {
  const read = READERS[source.source.kind as Kind]
  for (const row of source.rows()) read(draft, row, source)
}

const READERS: Readonly<Record<Kind, (draft: Draft, row: Row, source: SourceRows) => void>> = {
  'aws.organization-tree': readTree,
  'aws.organization': readSummary,
  'aws.organization-roots': readRoot,
  'aws.organizational-units': readUnit,
  'aws.accounts': readAccount,
  'aws.accounts-for-parent': readAccount,
  'aws.organization-policy': readPolicy,
  'aws.organization-policies': readListedPolicy,
  'aws.policy-targets': readTarget,
  'aws.policies-for-target': readAttached,
}

function readSummary(draft: Draft, row: Row, source: SourceRows): void {
  const organization = draft.organization
  if (isObject(row.value) && ownString(row.value, 'Id') !== undefined) {
    organization.id = ownString(row.value, 'Id') ?? null
    organization.managementAccount = ownString(row.value, 'MasterAccountId') ?? null
    organization.seen = row.at
    if (organization.managementAccount !== null) organization.members.add(organization.managementAccount)
    return
  }
  // The account is in no organization; which one, the export says, or only one was imported.
  const told = isObject(row.value) ? ownString(row.value, 'account') : undefined
  organization.outside.add(told ?? source.source.scope ?? 'only')
}

function readRoot(draft: Draft, row: Row): void {
  const raw = row.value
  const id = isObject(raw) ? ownString(raw, 'Id') : undefined
  if (!isObject(raw) || id === undefined) return
  const unit = draft.organization.unit(id)
  unit.name = ownString(raw, 'Name') ?? id
  unit.seen = row.at
  for (const type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    const found = ownList(raw, 'PolicyTypes').some(
      (t) => isObject(t) && own(t, 'Type') === type && own(t, 'Status') !== 'PENDING_DISABLE',
    )
    draft.organization.enabled.set(type, found)
  }
}

function readUnit(draft: Draft, row: Row): void {
  const raw = row.value
  const id = isObject(raw) ? ownString(raw, 'Id') : undefined
  if (!isObject(raw) || id === undefined) return
  const unit = draft.organization.unit(id)
  unit.name = ownString(raw, 'Name') ?? id
  unit.seen = row.at
  const parent = row.parameters === undefined ? undefined : ownString(row.parameters, 'ParentId')
  if (parent !== undefined) unit.parent = parent
}

function readAccount(draft: Draft, row: Row): void {
  const raw = row.value
  const id = isObject(raw) ? ownString(raw, 'Id') : undefined
  if (!isObject(raw) || id === undefined || !isAccountId(id)) return
  const account = draft.account(id)
  account.name = ownString(raw, 'Name') ?? id
  account.seen = row.at
  const email = ownString(raw, 'Email')
  if (email !== undefined) account.email = email
  account.tags = rawTags(own(raw, 'Tags'))
  draft.organization.members.add(id)
  const parent = row.parameters === undefined ? undefined : ownString(row.parameters, 'ParentId')
  if (parent !== undefined) draft.organization.parents.set(id, parent)
}

function readPolicy(draft: Draft, row: Row): void {
  if (!isObject(row.value)) return
  const summary = ownObject(row.value, 'PolicySummary')
  const id = summary === undefined ? undefined : ownString(summary, 'Id')
  if (summary === undefined || id === undefined) return
  const policy = draft.organization.policy(id)
  policy.name = ownString(summary, 'Name') ?? id
  const use = draft.tables.use(own(row.value, 'Content'), policy.name, {
    source: row.at.source,
    pointer: `${row.at.pointer}/Content`,
  })
  if (use !== undefined) policy.use = use
}

function readListedPolicy(draft: Draft, row: Row): void {
  const raw = row.value
  const id = isObject(raw) ? ownString(raw, 'Id') : undefined
  const type = isObject(raw) ? own(raw, 'Type') : undefined
  if (id === undefined || !isControlType(type)) return
  draft.organization.listed[type].add(id)
}

function readTarget(draft: Draft, row: Row, source: SourceRows): void {
  const policy =
    (row.parameters === undefined ? undefined : ownString(row.parameters, 'PolicyId')) ?? source.source.scope
  const target = isObject(row.value) ? ownString(row.value, 'TargetId') : undefined
  if (policy === undefined || target === undefined) return
  const known = draft.organization.targets.get(policy)
  if (known === undefined) draft.organization.targets.set(policy, new Set([target]))
  else known.add(target)
}

function readAttached(draft: Draft, row: Row, source: SourceRows): void {
  const target =
    (row.parameters === undefined ? undefined : ownString(row.parameters, 'TargetId')) ?? source.source.scope
  const id = isObject(row.value) ? ownString(row.value, 'Id') : undefined
  const filter = row.parameters === undefined ? undefined : own(row.parameters, 'Filter')
  const type = isObject(row.value) ? (own(row.value, 'Type') ?? filter) : undefined
  if (target === undefined || id === undefined || !isControlType(type)) return
  const known = draft.organization.attached[type]
  known.set(target, [...(known.get(target) ?? []), id])
  const name = isObject(row.value) ? ownString(row.value, 'Name') : undefined
  const policy = draft.organization.policy(id)
  if (name !== undefined && policy.use === undefined) policy.name = name
}

/** The whole organization in one file: `Ous`, `Accounts`, `Scps`, `Rcps`, `MasterAccountId` (docs/import.md). */
function readTree(draft: Draft, row: Row): void {
  const tree = row.value
  if (!isObject(tree)) return
  const organization = draft.organization
  organization.id = ownString(tree, 'Id') ?? null
  organization.managementAccount = ownString(tree, 'MasterAccountId') ?? null
  organization.seen = row.at
  if (organization.managementAccount !== null) organization.members.add(organization.managementAccount)
  const at = (...steps: readonly string[]) => ({
    source: row.at.source,
    pointer: row.at.pointer + steps.map(pointerStep).join(''),
  })
  for (const [key, type] of [
    ['Scps', 'SERVICE_CONTROL_POLICY'],
    ['Rcps', 'RESOURCE_CONTROL_POLICY'],
  ] as const) {
    const policies = ownObject(tree, key)
    if (policies === undefined) continue
    for (const [id, raw] of objects(policies)) {
      const policy = organization.policy(id)
      policy.name = ownString(raw, 'name') ?? id
      const use = draft.tables.use(own(raw, 'doc'), policy.name, at(key, id, 'doc'))
      if (use !== undefined) policy.use = use
    }
    for (const holder of ['Ous', 'Accounts'] as const) {
      for (const [id, raw] of objects(ownObject(tree, holder) ?? {})) {
        const attached = own(raw, key.toLowerCase())
        if (attached !== undefined) organization.attached[type].set(id, textList(attached))
      }
    }
  }
  for (const [id, raw] of objects(ownObject(tree, 'Ous') ?? {})) {
    const unit = organization.unit(id)
    unit.name = ownString(raw, 'name') ?? id
    unit.seen = at('Ous', id)
    const parent = ownString(raw, 'parent')
    if (parent !== undefined) unit.parent = parent
  }
  for (const [id, raw] of objects(ownObject(tree, 'Accounts') ?? {})) {
    if (!isAccountId(id)) continue
    organization.members.add(id)
    const parent = ownString(raw, 'ou')
    if (parent !== undefined) organization.parents.set(id, parent)
    const account = draft.account(id)
    const name = ownString(raw, 'name') ?? ownString(raw, 'kind')
    if (name !== undefined) account.name = name
    account.seen = at('Accounts', id)
    account.tags = rawTags(own(raw, 'tags'))
    const environment = environmentOf([], [ownString(raw, 'env') ?? ''])
    if (environment !== undefined) account.environment = environment
  }
}

function* objects(parent: JsonObject): Generator<readonly [string, JsonObject]> {
  for (const [key, value] of Object.entries(parent)) if (isObject(value)) yield [key, value]
}
