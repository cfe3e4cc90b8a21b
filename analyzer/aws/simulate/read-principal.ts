import type { Json } from '../../../graph/index.ts'
import { own } from '../../../graph/index.ts'
import { accountIn, lastStep, parseArn } from '../model/arn.ts'
import type { Caller, CallerType } from '../policy/caller.ts'
import { CALLER_TYPES } from '../policy/caller.ts'
import type { Tags } from './derived-context.ts'
import {
  asObject,
  asText,
  LINE,
  optionalAccount,
  optionalFlag,
  optionalText,
  textsByKey,
} from './line-shape.ts'

export interface LinePrincipal {
  readonly caller: Caller
  readonly tags: Tags
  readonly inManagementAccount: boolean
}

const FIELD = LINE.at('principal')
const KNOWN = new Set(['arn', 'type', 'account', 'roleArn', 'serviceLinked', 'inManagementAccount', 'tags'])

/** What the ARN of each type looks like; services and anonymous callers have none. */
const FORMS: Readonly<Partial<Record<CallerType, readonly [service: string, resource: RegExp]>>> = {
  root: ['iam', /^root$/],
  user: ['iam', /^user\/(?:.*\/)?([^/]+)$/],
  role: ['iam', /^role\/(?:.*\/)?([^/]+)$/],
  session: ['sts', /^assumed-role\/([^/]+)\/[^/]+$/],
  'federated-user': ['sts', /^federated-user\/([^/]+)$/],
}

export function readPrincipal(raw: Json | undefined): LinePrincipal {
  const object = asObject(raw, FIELD, KNOWN)
  const type = CALLER_TYPES.find((known) => known === own(object, 'type'))
  if (type === undefined)
    throw FIELD.at('type').wrong('is no type of principal', `use one of ${CALLER_TYPES.join(', ')}`)
  const arn =
    type === 'anonymous'
      ? (optionalText(object, 'arn', FIELD) ?? '')
      : asText(own(object, 'arn'), FIELD.at('arn'))
  const form = FORMS[type]
  const parsed = form === undefined ? undefined : parseArn(arn)
  const name = form?.[1].exec(parsed?.resource ?? '')
  if (form !== undefined && (parsed?.service !== form[0] || name === null || name === undefined)) {
    throw FIELD.at('arn').wrong(`is no ARN of the type ${type}`, `give an ARN like ${EXAMPLES[type] ?? ''}`)
  }
  const named = form === undefined ? undefined : (optionalAccount(object, FIELD) ?? accountIn(arn))
  if (form !== undefined && named === undefined) {
    throw FIELD.at('account').wrong(
      'is missing, and the ARN tells none',
      'give the twelve digits of the account',
    )
  }
  const givenRole = optionalText(object, 'roleArn', FIELD)
  if (givenRole !== undefined && type !== 'session') {
    throw FIELD.at('roleArn').wrong(`does not belong to the type ${type}`, 'give it for sessions only')
  }
  const roleArn = type === 'role' ? arn : type === 'session' ? (givenRole ?? guessedRole(arn)) : ''
  const caller: Caller = {
    type,
    arn: type === 'anonymous' ? '' : arn,
    account: named ?? '',
    roleArn,
    roleIsGuessed: type === 'session' && givenRole === undefined,
    name: name?.[1] ?? '',
    serviceLinked: optionalFlag(object, 'serviceLinked', FIELD) ?? isServiceLinked(roleArn),
  }
  if (givenRole !== undefined && lastStep(givenRole) !== caller.name) {
    throw FIELD.at('roleArn').wrong(
      'is not the role of the session',
      'give the ARN of the role that the session is of',
    )
  }
  return {
    caller,
    tags: textsByKey(own(object, 'tags'), FIELD.at('tags')),
    inManagementAccount: optionalFlag(object, 'inManagementAccount', FIELD) ?? false,
  }
}

const EXAMPLES: Readonly<Partial<Record<CallerType, string>>> = {
  root: 'arn:aws:iam::111122223333:root',
  user: 'arn:aws:iam::111122223333:user/ana',
  role: 'arn:aws:iam::111122223333:role/deploy',
  session: 'arn:aws:sts::111122223333:assumed-role/deploy/ana',
  'federated-user': 'arn:aws:sts::111122223333:federated-user/ana',
}

/** The role of a session, as if it had no path. */
function guessedRole(session: string): string {
  const arn = parseArn(session)
  return `arn:${arn?.partition ?? ''}:iam::${arn?.account ?? ''}:role/${arn?.resource.split('/')[1] ?? ''}`
}

function isServiceLinked(roleArn: string): boolean {
  return /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//.test(roleArn)
}
