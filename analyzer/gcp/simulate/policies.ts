import type { JsonObject } from '../../../graph/index.ts'
import { own } from '../../../graph/index.ts'
import { canonicalPermission } from '../permission-name.ts'
import type { AccessRule } from '../policy/access-policy.ts'
import type { Boundary } from '../policy/boundary.ts'
import type { DenyRule } from '../policy/deny.ts'
import { fullName } from './request.ts'
import { badShape, expressionAt, filledAt, listAt, objectAt, objectsAt, textAt, textsAt } from './shape.ts'

/** A binding of an allow policy (google.iam.v1.Binding) and the resource that the policy is of. */
export interface AllowBinding {
  readonly resource: string
  readonly role: string
  readonly members: readonly string[]
  readonly condition: string | null
}

export function readAllowPolicies(line: JsonObject): AllowBinding[] {
  if (own(line, 'allowPolicies') === undefined) throw badShape('', '`allowPolicies` is missing')
  const found: AllowBinding[] = []
  for (const [i, row] of objectsAt(line, 'allowPolicies', '').entries()) {
    const at = `/allowPolicies/${i}`
    const resource = fullName(filledAt(row, 'resource', at))
    const policy = objectAt(row, 'policy', at)
    if (policy === null) throw badShape(at, '`policy` is missing')
    for (const [j, binding] of objectsAt(policy, 'bindings', `${at}/policy`).entries()) {
      const here = `${at}/policy/bindings/${j}`
      found.push({
        resource,
        role: filledAt(binding, 'role', here),
        members: textsAt(binding, 'members', here),
        condition: expressionAt(binding, 'condition', here),
      })
    }
  }
  return found
}

/** A deny policy; null rules: a listing left them out. */
export interface DenyPolicy {
  readonly name: string
  readonly resource: string
  readonly rules: readonly DenyRule[] | null
}

export function readDenyPolicies(line: JsonObject): DenyPolicy[] {
  return objectsAt(line, 'denyPolicies', '').map((row, i): DenyPolicy => {
    const at = `/denyPolicies/${i}`
    const name = filledAt(row, 'name', at)
    const point = /^policies\/([^/]+)\/denypolicies\/[^/]+$/i.exec(name)?.[1]
    if (point === undefined) throw badShape(`${at}/name`, `\`${name}\` is no name of a deny policy`)
    const rules = own(row, 'rules') === undefined ? null : objectsAt(row, 'rules', at)
    return {
      name,
      resource: `//${decoded(point)}`,
      rules:
        rules?.map((rule, j) =>
          readDenyRule(objectAt(rule, 'denyRule', `${at}/rules/${j}`) ?? {}, `${at}/rules/${j}/denyRule`),
        ) ?? null,
    }
  })
}

function readDenyRule(rule: JsonObject, at: string): DenyRule {
  return {
    principals: textsAt(rule, 'deniedPrincipals', at),
    exceptPrincipals: textsAt(rule, 'exceptionPrincipals', at),
    permissions: textsAt(rule, 'deniedPermissions', at).map(canonicalPermission),
    exceptPermissions: textsAt(rule, 'exceptionPermissions', at).map(canonicalPermission),
    condition: expressionAt(rule, 'denialCondition', at),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Boundaries as their two listings give them, and what each enforcement version blocks. */
export interface Boundaries {
  readonly bound: readonly Boundary[]
  readonly enforcement: ReadonlyMap<string, readonly string[]>
}

export function readBoundaries(line: JsonObject): Boundaries {
  const given = objectAt(line, 'boundaries', '')
  if (given === null) return { bound: [], enforcement: new Map() }
  const at = '/boundaries'
  const policies = new Map<string, Boundary['rules']>()
  for (const [i, policy] of objectsAt(given, 'principalAccessBoundaryPolicies', at).entries()) {
    const here = `${at}/principalAccessBoundaryPolicies/${i}`
    policies.set(
      filledAt(policy, 'name', here),
      readBoundary(objectAt(policy, 'details', here) ?? {}, `${here}/details`),
    )
  }
  const bound = objectsAt(given, 'policyBindings', at).map((binding, i): Boundary => {
    const here = `${at}/policyBindings/${i}`
    const target = objectAt(binding, 'target', here)
    const policy = filledAt(binding, 'policy', here)
    return {
      binding: textAt(binding, 'name', here) ?? policy,
      policy,
      principalSet: fullName(filledAt(target ?? {}, 'principalSet', `${here}/target`)),
      condition: expressionAt(binding, 'condition', here),
      rules: policies.get(policy) ?? null,
    }
  })
  const table = objectAt(given, 'enforcement', at) ?? {}
  const versions = Object.keys(table).map(
    (version) => [version, textsAt(table, version, `${at}/enforcement`).map(canonicalPermission)] as const,
  )
  return { bound, enforcement: new Map(versions) }
}

function readBoundary(details: JsonObject, at: string): NonNullable<Boundary['rules']> {
  const rules = objectsAt(details, 'rules', at)
  return {
    resources: rules.flatMap((rule, i) =>
      textAt(rule, 'effect', `${at}/rules/${i}`) === 'ALLOW'
        ? textsAt(rule, 'resources', `${at}/rules/${i}`).map(fullName)
        : [],
    ),
    version: textAt(details, 'enforcementVersion', at) ?? '',
  }
}

/** Rules of access policies with the resource that they are bound to. */
export function readAccessPolicies(line: JsonObject): { name: string; resource: string; rule: AccessRule }[] {
  return objectsAt(line, 'accessPolicies', '').flatMap((row, i) => {
    const at = `/accessPolicies/${i}`
    const resource = fullName(filledAt(row, 'resource', at))
    const policy = objectAt(row, 'policy', at) ?? {}
    const details = objectAt(policy, 'details', `${at}/policy`) ?? {}
    const name = textAt(policy, 'name', `${at}/policy`) ?? 'an access policy'
    return objectsAt(details, 'rules', `${at}/policy/details`).map((rule, j) => ({
      name,
      resource,
      rule: readAccessRule(rule, `${at}/policy/details/rules/${j}`),
    }))
  })
}

function readAccessRule(rule: JsonObject, at: string): AccessRule {
  const effect = textAt(rule, 'effect', at)
  const operation = objectAt(rule, 'operation', at) ?? {}
  const conditions = objectAt(rule, 'conditions', at) ?? {}
  return {
    effect: effect === 'ALLOW' ? 'allow' : effect === 'DENY' ? 'deny' : null,
    principals: textsAt(rule, 'principals', at),
    excludedPrincipals: textsAt(rule, 'excludedPrincipals', at),
    permissions: textsAt(operation, 'permissions', `${at}/operation`).map(canonicalPermission),
    excludedPermissions: textsAt(operation, 'excludedPermissions', `${at}/operation`).map(
      canonicalPermission,
    ),
    conditions: Object.keys(conditions).flatMap(
      (key) => expressionAt(conditions, key, `${at}/conditions`) ?? [],
    ),
  }
}

/** Role definitions by name; null: the definition gives no permissions, so what it holds is not known. */
export function readRoles(line: JsonObject): (name: string) => ((permission: string) => boolean) | null {
  const byName = new Map<string, JsonObject>()
  for (const [i, role] of objectsAt(line, 'roles', '').entries())
    byName.set(filledAt(role, 'name', `/roles/${i}`), role)
  return (name) => {
    const role = byName.get(name)
    if (role === undefined) return null
    if (own(role, 'stage') === 'DISABLED' || own(role, 'deleted') === true) return () => false
    if (own(role, 'includedPermissions') === undefined) return null
    const included = listAt(role, 'includedPermissions', '/roles')
    return (permission) =>
      included.includes(permission) ||
      included.some(
        (each) => typeof each === 'string' && each.includes('/') && canonicalPermission(each) === permission,
      )
  }
}
