import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { parseArn } from '../model/arn.ts'
import type { Asked } from './answer-policies.ts'
import type { Draft } from './draft.ts'
import type { SharedResource } from './share-draft.ts'

type Row = readonly [row: JsonObject, at: SourceRef]

/**
 * Reads what Resource Access Manager says of shares: the shares, their resources, with whom they are, and the managed permissions
 * that say what is allowed. https://docs.aws.amazon.com/ram/latest/APIReference/
 */
export function readShares(draft: Draft, call: string, asked: Asked, at: SourceRef): void {
  const { account, region, response, parameters } = asked
  if (response === undefined) return
  draft.account(account).shareRegions ??= new Set()
  const listing = `${account} ${region} ${call} ${variantOf(parameters)}`
  // A page that another one follows does not tell all.
  if (ownString(response, 'nextToken') === undefined) draft.sharing.listed.add(listing.trim())
  const rows = (list: string) => rowsOf(response, list, at)
  const isOwn = ownString(parameters, 'resourceOwner') !== 'OTHER-ACCOUNTS'
  const seenBy = isOwn ? undefined : account
  if (call === 'ram:GetResourceShares')
    for (const row of rows('resourceShares')) readShare(draft, row, seenBy)
  if (call === 'ram:ListResources') for (const row of rows('resources')) readResource(draft, row, seenBy)
  if (call === 'ram:GetResourceShareAssociations')
    for (const row of rows('resourceShareAssociations')) readAssociation(draft, row)
  if (call === 'ram:ListPermissionAssociations') for (const row of rows('permissions')) readUse(draft, row)
  if (call === 'ram:GetPermission') readPermission(draft, response, at)
}

function variantOf(parameters: JsonObject): string {
  return ownString(parameters, 'resourceOwner') ?? ownString(parameters, 'associationType') ?? ''
}

function* rowsOf(response: JsonObject, list: string, at: SourceRef): Generator<Row> {
  for (const [i, row] of ownList(response, list).entries()) {
    const pointer = `${at.pointer}/response/${list}${pointerStep(i)}`
    if (isObject(row)) yield [row, { source: at.source, pointer }]
  }
}

function readShare(draft: Draft, [row, at]: Row, seenBy: string | undefined): void {
  const arn = ownString(row, 'resourceShareArn')
  if (arn === undefined) return
  const share = draft.sharing.share(arn, at)
  const name = ownString(row, 'name')
  const status = ownString(row, 'status')
  if (name !== undefined) share.name = name
  if (status !== undefined) share.status = status
  if (seenBy !== undefined) share.seenBy.add(seenBy)
}

function readResource(draft: Draft, [row, at]: Row, seenBy: string | undefined): void {
  const found = resourceIn(draft, ownString(row, 'resourceShareArn'), ownString(row, 'arn'), at)
  if (found === undefined) return
  const type = ownString(row, 'type')
  if (type !== undefined) found.type = type.toLowerCase()
  found.status = ownString(row, 'status') ?? ''
  if (seenBy !== undefined)
    draft.sharing.share(ownString(row, 'resourceShareArn') ?? '', at).seenBy.add(seenBy)
}

function readAssociation(draft: Draft, [row, at]: Row): void {
  const arn = ownString(row, 'resourceShareArn')
  const entity = ownString(row, 'associatedEntity')
  const status = ownString(row, 'status') ?? ''
  if (arn === undefined || entity === undefined) return
  if (ownString(row, 'associationType') === 'RESOURCE') {
    const found = resourceIn(draft, arn, entity, at)
    if (found !== undefined) found.association = status
  } else {
    const isExternal = own(row, 'external') === true
    draft.sharing.share(arn, at).principals.set(entity, { name: entity, status, isExternal })
  }
}

function resourceIn(
  draft: Draft,
  share: string | undefined,
  arn: string | undefined,
  at: SourceRef,
): SharedResource | undefined {
  if (share === undefined || arn === undefined || parseArn(arn) === undefined) return undefined
  const { resources } = draft.sharing.share(share, at)
  const known = resources.get(arn)
  if (known !== undefined) return known
  draft.resource(arn, at)
  const made: SharedResource = { arn, at }
  resources.set(arn, made)
  return made
}

/** Which share uses which version of a permission. */
function readUse(draft: Draft, [row, at]: Row): void {
  const share = ownString(row, 'resourceShareArn')
  const arn = ownString(row, 'arn')
  if (share === undefined || arn === undefined) return
  const key = `${arn} ${versionIn(row, 'permissionVersion')}`
  draft.sharing.share(share, at).permissions.set(key, ownString(row, 'resourceType')?.toLowerCase())
}

function readPermission(draft: Draft, response: JsonObject, at: SourceRef): void {
  const permission = ownObject(response, 'permission')
  const arn = permission === undefined ? undefined : ownString(permission, 'arn')
  if (permission === undefined || arn === undefined) return
  const statements = statementsIn(parsed(own(permission, 'permission')))
  draft.sharing.permissions.set(`${arn} ${versionIn(permission, 'version')}`, {
    name: ownString(permission, 'name') ?? arn,
    ...(statements === undefined ? {} : { statements }),
    at: { source: at.source, pointer: `${at.pointer}/response/permission/permission` },
  })
}

/** Versions are numbers in questions and texts in answers. */
function versionIn(row: JsonObject, member: string): string {
  const value = own(row, member)
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return undefined
  }
}

/**
 * The statements of a policy template: "Effect … must be set to ALLOW", `Action`, and optionally `Condition`; "can't include either
 * the Resource or Principal elements". A template of another form is not read.
 * https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html
 */
function statementsIn(template: Json | undefined): readonly JsonObject[] | undefined {
  const body = isObject(template) ? (own(template, 'Statement') ?? template) : template
  const list = Array.isArray(body) ? (body as readonly Json[]) : [body]
  const found: JsonObject[] = []
  for (const row of list) {
    if (!isObject(row) || ownString(row, 'Effect')?.toLowerCase() !== 'allow') return undefined
    const Action = own(row, 'Action')
    const Condition = own(row, 'Condition')
    if (Action === undefined || Object.keys(row).some((key) => !ELEMENTS.has(key))) return undefined
    found.push({ Effect: 'Allow', Action, ...(Condition === undefined ? {} : { Condition }) })
  }
  return found.length === 0 ? undefined : found
}

const ELEMENTS: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Condition'])
