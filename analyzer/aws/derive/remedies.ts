import type { Remedy } from '../../../graph/index.ts'
import { isObject, ownObject } from '../../../graph/index.ts'
import { quoted } from '../../findings/command-line.ts'
import { accountIn, lastStep } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import type { Estate } from '../evaluate/estate.ts'
import { NOT_ACTION, NOT_PRINCIPAL, NOT_RESOURCE, ALLOW } from '../state.ts'
import type { Json, JsonObject } from '../../../graph/index.ts'
import type { Trust } from './trusts.ts'

/** Takes away the policy that a principal has a right from: detach it, delete it, or leave the group it comes from. */
export function takeAway(estate: Estate, principal: number, use: number): Remedy {
  const identity = estate.identity(principal)
  const { principals, uses } = estate.state
  const name = quoted(identity.name)
  const who = identity.kind === 'user' ? `user --user-name ${name}` : `role --role-name ${name}`
  const sso = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(identity.name)?.[1]
  if (sso !== undefined) {
    return {
      says: `end the standing assignments of permission set ${sso} in account ${identity.account}`,
      format: 'command',
      text: [
        'aws sso-admin delete-account-assignment --instance-arn INSTANCE --permission-set-arn PERMISSION_SET \\',
        `  --target-type AWS_ACCOUNT --target-id ${identity.account} --principal-type USER --principal-id PRINCIPAL`,
      ].join('\n'),
    }
  }
  const [kind = '', ...rest] = who.split(' ')
  const named = rest.join(' ')
  const from = principals.identity.offsets[principal] ?? 0
  const at = listAt(principals.identity, principal).indexOf(use)
  const group = at < 0 ? -1 : (principals.through[from + at] ?? -1)
  const policy = estate.text(uses.names[use] ?? -1)
  if (group >= 0) {
    const groupName = estate.text(group)
    return {
      says: `take ${identity.name} out of the group ${groupName}`,
      format: 'command',
      text: `aws iam remove-user-from-group --group-name ${quoted(groupName)} ${named}`,
    }
  }
  const arn = estate.text(uses.arns[use] ?? -1)
  return arn === ''
    ? {
        says: `delete the inline policy ${policy} of ${identity.name}`,
        format: 'command',
        text: `aws iam delete-${kind}-policy ${named} --policy-name ${quoted(policy)}`,
      }
    : {
        says: `detach ${policy} from ${identity.name}`,
        format: 'command',
        text: `aws iam detach-${kind}-policy ${named} --policy-arn ${quoted(arn)}`,
      }
}

/** Deactivates an access key of a user; the credential report does not tell its id, so that it is looked up. */
export function deactivateKey(arn: string, key: string): Remedy {
  if (arn.endsWith(':root')) {
    return {
      says: `delete ${key} of the root user of account ${accountIn(arn) ?? ''}, signed in as root`,
      format: 'command',
      text: 'aws iam list-access-keys\naws iam delete-access-key --access-key-id KEY_ID',
    }
  }
  const name = quoted(lastStep(arn))
  return {
    says: `deactivate ${key} of ${lastStep(arn)}, and use a role instead`,
    format: 'command',
    text: [
      `aws iam list-access-keys --user-name ${name}`,
      `aws iam update-access-key --user-name ${name} --access-key-id KEY_ID --status Inactive`,
    ].join('\n'),
  }
}

/** Changes a statement of a trust policy or resource policy: what is there, and what should be, as a unified diff. */
export function changeTrust(estate: Estate, trust: Trust, says: string, addition: JsonObject): Remedy {
  const before = statementJson(estate, trust.statement)
  const condition = new Map(Object.entries(ownObject(before, 'Condition') ?? {}))
  for (const [operator, keys] of Object.entries(addition)) {
    const there = condition.get(operator)
    condition.set(operator, isObject(there) && isObject(keys) ? { ...there, ...keys } : keys)
  }
  const after = { ...before, Condition: Object.fromEntries(condition) }
  return { says, format: 'diff', text: diff(trust.arn, before, after) }
}

/** Narrows the resources of a statement of an identity policy. */
export function narrowResource(estate: Estate, use: number, statement: number, resource: string): Remedy {
  const before = statementJson(estate, statement)
  const policy = estate.text(estate.state.uses.names[use] ?? -1)
  return {
    says: `let ${policy} pass only the roles that are needed`,
    format: 'diff',
    text: diff(policy, before, { ...before, Resource: resource }),
  }
}

/** A statement as it stood, but for the order of its keys. */
export function statementJson(estate: Estate, statement: number): JsonObject {
  const { statements } = estate.state
  const flags = estate.flags(statement)
  const texts = (list: number) => {
    const all = Array.from(listAt(statements.lists, list), (text) => estate.text(text))
    return all.length === 1 ? (all[0] ?? '') : all
  }
  const parsed = (text: number | undefined) => JSON.parse(estate.text(text ?? -1)) as Json
  const sid = statements.sids[statement] ?? -1
  const principal = statements.principals[statement] ?? -1
  const resources = statements.resources[statement] ?? -1
  const condition = statements.conditions[statement] ?? -1
  return {
    ...(sid < 0 ? {} : { Sid: estate.text(sid) }),
    Effect: (flags & ALLOW) !== 0 ? 'Allow' : 'Deny',
    ...(principal < 0
      ? {}
      : { [(flags & NOT_PRINCIPAL) !== 0 ? 'NotPrincipal' : 'Principal']: parsed(principal) }),
    [(flags & NOT_ACTION) !== 0 ? 'NotAction' : 'Action']: texts(statements.actions[statement] ?? -1),
    ...(resources < 0
      ? {}
      : { [(flags & NOT_RESOURCE) !== 0 ? 'NotResource' : 'Resource']: texts(resources) }),
    ...(condition < 0 ? {} : { Condition: parsed(condition) }),
  }
}

/** Only the lines that differ are marked; the statement is short enough to be shown whole. */
function diff(name: string, before: JsonObject, after: JsonObject): string {
  const a = JSON.stringify(before, null, 2).split('\n')
  const b = JSON.stringify(after, null, 2).split('\n')
  let head = 0
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const lines = [
    ...a.slice(0, head).map((line) => ` ${line}`),
    ...a.slice(head, a.length - tail).map((line) => `-${line}`),
    ...b.slice(head, b.length - tail).map((line) => `+${line}`),
    ...a.slice(a.length - tail).map((line) => ` ${line}`),
  ]
  return [`--- ${name}`, `+++ ${name}`, `@@ -1,${a.length} +1,${b.length} @@`, ...lines].join('\n')
}
