import type { JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import { instantOf } from '../../instant.ts'
import { RESOURCE_MANAGER, isContainer, projectIn } from '../resource-name.ts'
import type { Collected } from './collected.ts'
import { either, eitherObject, eitherString, idText, spelling, strings } from './fields.ts'
import { labelsOf } from './labels.ts'
import { readAncestry, readPolicy } from './policies.ts'
import { readProvider } from './providers.ts'
import { readRole } from './roles.ts'
import { runsAs } from './runs-as.ts'

/** A line of a Cloud Asset Inventory export (google.cloud.asset.v1.Asset), in camelCase or snake_case. */
export function readAssetRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const asset = row.value
  const name = ownString(asset, 'name')
  if (name === undefined) return
  const type = eitherString(asset, 'assetType') ?? ''
  const ancestors = strings(own(asset, 'ancestors'))
  readAncestry(name, ancestors, into)
  const policy = eitherObject(asset, 'iamPolicy')
  if (policy !== undefined) {
    const pointer = `${row.at.pointer}/${spelling(asset, 'iamPolicy')}`
    into.types.set(name, type)
    readPolicy(name, policy, { ...row.at, pointer }, into)
  }
  const resource = ownObject(asset, 'resource')
  if (resource === undefined) return
  const parent = ownString(resource, 'parent')
  if (parent?.startsWith('//') === true) into.above.push([name, [parent]])
  readData(name, type, ownObject(resource, 'data') ?? {}, row, into)
}

function readData(name: string, type: string, data: JsonObject, row: Row, into: Collected): void {
  if (isContainer(name)) readContainer(name, data, row, into)
  else if (type === 'iam.googleapis.com/Role') readRole(data, into)
  else if (type === 'iam.googleapis.com/ServiceAccount') readServiceAccount(name, data, row, into)
  else if (type === 'iam.googleapis.com/ServiceAccountKey') readKey(name, data, row, into)
  else if (type === 'iam.googleapis.com/WorkloadIdentityPoolProvider') readProvider(name, data, row.at, into)
  else readResource(name, type, data, row, into)
}

function readResource(name: string, type: string, data: JsonObject, row: Row, into: Collected): void {
  into.resources.push({
    name,
    type,
    display: ownString(data, 'displayName') ?? null,
    tags: labelsOf(ownObject(data, 'labels') ?? ownObject(data, 'userLabels')),
    runsAs: runsAs(data),
    at: row.at,
  })
}

function readContainer(name: string, data: JsonObject, row: Row, into: Collected): void {
  const id = ownString(data, 'projectId')
  const number = idText(own(data, 'projectNumber'))
  if (id !== undefined && number !== undefined) into.projectIds.set(number, id)
  const parent = ownObject(data, 'parent')
  const type = parent === undefined ? undefined : ownString(parent, 'type')
  const parentId = parent === undefined ? undefined : idText(own(parent, 'id'))
  if (type !== undefined && parentId !== undefined) {
    into.above.push([name, [`${RESOURCE_MANAGER}${type}s/${parentId}`]])
  }
  if (into.containers.has(name)) return
  into.containers.set(name, {
    display: ownString(data, 'displayName') ?? ownString(data, 'name') ?? null,
    tags: labelsOf(ownObject(data, 'labels')),
    isTop: name.startsWith(`${RESOURCE_MANAGER}organizations/`),
    at: row.at,
  })
}

function readServiceAccount(name: string, data: JsonObject, row: Row, into: Collected): void {
  const named = /\/serviceAccounts\/([^/]+@[^/]+)$/.exec(name)?.[1]
  const email = (ownString(data, 'email') ?? named)?.toLowerCase()
  if (email === undefined) return
  const disabled = own(data, 'disabled')
  into.serviceAccounts.set(email, {
    email,
    uniqueId: idText(own(data, 'uniqueId')) ?? null,
    display: ownString(data, 'displayName') ?? null,
    // The API leaves out a field that is false.
    disabled: typeof disabled === 'boolean' ? disabled : false,
    project: ownString(data, 'projectId') ?? projectIn(name) ?? null,
    created: instantOf(ownString(data, 'createTime')) ?? null,
    at: row.at,
  })
}

function readKey(name: string, data: JsonObject, row: Row, into: Collected): void {
  if (eitherString(data, 'keyType') !== 'USER_MANAGED') return
  const path = ownString(data, 'name') ?? name
  const found =
    /\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(path) ??
    /\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(name)
  if (found === null) return
  const [, account = '', id = ''] = found
  const created = instantOf(eitherString(data, 'validAfterTime'))
  const expires = instantOf(eitherString(data, 'validBeforeTime'))
  into.keys.push({
    account: account.toLowerCase(),
    at: row.at,
    credential: {
      type: 'key',
      id,
      active: either(data, 'disabled') !== true && (expires === undefined || expires > into.takenAt),
      ...(created === undefined ? {} : { created }),
      ...(expires === undefined ? {} : { expires }),
    },
  })
}
