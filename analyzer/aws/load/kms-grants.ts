import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { isAccountId } from '../model/arn.ts'
import { textList } from '../raw.ts'
import type { Asked } from './answer-policies.ts'
import type { Draft } from './draft.ts'

/**
 * Reads the grants of a key (`kms:ListGrants`) as statements of a policy: who may do which operations, under which
 * encryption context. https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html
 */
export function readKmsGrants(draft: Draft, { account, parameters, response }: Asked, at: SourceRef): void {
  if (response === undefined) return
  for (const [i, grant] of ownList(response, 'Grants').entries()) {
    if (!isObject(grant)) continue
    const key = [ownString(grant, 'KeyId'), ownString(parameters, 'KeyId')].find((id) =>
      id?.startsWith('arn:'),
    )
    const statements = statementsOf(grant)
    if (key === undefined || statements.length === 0) continue
    const resource = draft.resource(key, at)
    resource.account ??= account
    const name = ownString(grant, 'Name') ?? ownString(grant, 'GrantId') ?? ''
    const place = { source: at.source, pointer: `${at.pointer}/response/Grants${pointerStep(i)}` }
    resource.grants.push(draft.tables.tell(statements, `grant ${name}`, place))
  }
}

function statementsOf(grant: JsonObject): readonly JsonObject[] {
  const statements: JsonObject[] = []
  const allow = (who: Json, actions: readonly string[], Condition?: JsonObject) => {
    if (actions.length === 0) return
    const more = Condition === undefined ? {} : { Condition }
    statements.push({ Effect: 'Allow', Principal: who, Action: [...actions], ...more })
  }
  const who = principal(ownString(grant, 'GranteePrincipal'))
  const condition = conditionOf(ownObject(grant, 'Constraints') ?? {})
  const operations = textList(own(grant, 'Operations'))
  if (who !== undefined && condition === undefined) allow(who, operations.map(actionOf))
  else if (who !== undefined) {
    const bare = operations.filter((operation) => UNCONSTRAINED.has(operation))
    const making = operations.filter((operation) => operation === 'CreateGrant')
    const rest = operations.filter(
      (operation) => !UNCONSTRAINED.has(operation) && operation !== 'CreateGrant',
    )
    allow(who, bare.map(actionOf))
    allow(who, rest.map(actionOf), condition)
    allow(who, making.map(actionOf), AS_STRICT)
  }
  const retiring = principal(ownString(grant, 'RetiringPrincipal'))
  if (retiring !== undefined) allow(retiring, ['kms:RetireGrant'])
  return statements
}

const actionOf = (operation: string) => `kms:${operation}`

/** "Grant constraints are not applied to operations that do not support an encryption context." */
const UNCONSTRAINED: ReadonlySet<string> = new Set(['DescribeKey', 'RetireGrant'])

/** A grant that is made by a grant must be at least as strict: it has a constraint, too. */
const AS_STRICT: JsonObject = {
  StringEquals: { 'kms:GrantConstraintType': ['EncryptionContextEquals', 'EncryptionContextSubset'] },
}

/** `EncryptionContextEquals` lets no other pair in. https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
function conditionOf(constraints: JsonObject): JsonObject | undefined {
  const equals = ownObject(constraints, 'EncryptionContextEquals')
  const pairs = Object.entries(equals ?? ownObject(constraints, 'EncryptionContextSubset') ?? {})
  if (pairs.length === 0) return undefined
  const keys = pairs.map(([key]) => key)
  return {
    StringEquals: Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(equals === undefined
      ? {}
      : { 'ForAllValues:StringEqualsIgnoreCase': { 'kms:EncryptionContextKeys': keys } }),
  }
}

/** An ARN, an account, or the name of a service. */
function principal(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text === '') return undefined
  const isService = !text.startsWith('arn:') && !isAccountId(text) && text.includes('.')
  return isService ? { Service: text } : { AWS: text }
}
