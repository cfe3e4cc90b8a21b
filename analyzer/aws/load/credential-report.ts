import type { Credential, Json, JsonObject, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownString } from '../../../graph/index.ts'
import { accountIn } from '../model/arn.ts'
import type { Draft, PrincipalDraft } from './draft.ts'
import { accountNode } from './draft.ts'
import { instantOf } from '../../instant.ts'
import { nodeId } from '../../../graph/index.ts'

/**
 * Reads the IAM credential report. It lists passwords, MFA and access keys, but not the keys' ids.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function readCredentialReport(draft: Draft, source: SourceRows): void {
  for (const row of source.rows()) {
    const raw = row.value
    const arn = isObject(raw) ? ownString(raw, 'arn') : undefined
    if (!isObject(raw) || arn === undefined) continue
    const credentials = [...password(raw), ...keys(raw)]
    const mfa = bool(own(raw, 'mfa_active'))
    const user = draft.principals.get(arn)
    if (user !== undefined) applyTo(user, raw, credentials, mfa)
    else if (arn.endsWith(':root')) {
      const account = accountIn(arn)
      draft.add({
        kind: 'principal',
        type: 'user',
        id: nodeId('aws', arn),
        cloud: 'aws',
        name: 'root user',
        scope: account === undefined ? null : accountNode(account),
        tags: [],
        seen: row.at,
        human: true,
        ...(mfa === undefined ? {} : { mfa }),
        credentials,
      })
    }
  }
}

function applyTo(
  user: PrincipalDraft,
  raw: JsonObject,
  credentials: readonly Credential[],
  mfa: boolean | undefined,
): void {
  user.credentials = [...credentials]
  user.reported = true
  if (mfa !== undefined) user.mfa = mfa
  const console = bool(own(raw, 'password_enabled'))
  if (console !== undefined) user.console = console
  const used = credentials.map((credential) => credential.lastUsed)
  const dates = used.filter((date) => date !== undefined && date !== 'never').sort()
  const last = dates.at(-1)
  if (last !== undefined) {
    if (user.lastUsed === undefined || user.lastUsed === 'never' || user.lastUsed < last) user.lastUsed = last
  } else if (user.lastUsed === undefined && used.length > 0 && used.every((date) => date === 'never')) {
    user.lastUsed = 'never'
  }
}

function* password(raw: JsonObject): Generator<Credential> {
  const enabled = bool(own(raw, 'password_enabled'))
  if (enabled !== true) return
  const told = own(raw, 'password_last_used')
  const lastUsed = told === 'no_information' ? 'never' : instantOf(told)
  const created = instantOf(own(raw, 'password_last_changed'))
  const expires = instantOf(own(raw, 'password_next_rotation'))
  yield {
    type: 'password',
    id: 'console password',
    active: true,
    ...(created === undefined ? {} : { created }),
    ...(expires === undefined ? {} : { expires }),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  }
}

function* keys(raw: JsonObject): Generator<Credential> {
  for (const n of [1, 2]) {
    const created = instantOf(own(raw, `access_key_${n}_last_rotated`))
    const active = bool(own(raw, `access_key_${n}_active`)) === true
    if (created === undefined && !active) continue
    const told = own(raw, `access_key_${n}_last_used_date`)
    const lastUsed = told === 'N/A' ? 'never' : instantOf(told)
    yield {
      type: 'access-key',
      id: `access key ${n}`,
      active,
      ...(created === undefined ? {} : { created }),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    }
  }
}

function bool(value: Json | undefined): boolean | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : value
  return text === 'true' || text === true ? true : text === 'false' || text === false ? false : undefined
}
