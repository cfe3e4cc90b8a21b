/* eslint-disable @typescript-eslint/no-unsafe-call -- raw documents */
/** Laws that hold of every request, whatever the right answer is: each changes a request in a way whose effect has a direction. */
import { CONDITIONS, Dice, requestOf } from './cases.ts'
import { decided } from './agree.ts'

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- documents as they come

const RANK = { 'denied-explicit': 0, 'denied-implicit': 0, conditional: 1, unknown: 1, allowed: 2 } as const

function rank(request: Any): number {
  return RANK[decided(request).decision]
}

/** Which laws the case of a seed breaks. */
export function brokenLaws(seed: number): string[] {
  const dice = new Dice(seed)
  const request = requestOf(dice, seed)
  if (dice.odds(2)) delete request.tags
  if (dice.odds(2)) delete request.context['resource.name']
  const before = rank(request)
  const broken: string[] = []
  const law = (name: string, holds: boolean): void => {
    if (!holds) broken.push(`seed ${seed}: ${name}`)
  }

  const more = requestOf(dice, seed)
  law(
    'a deny policy never adds',
    rank({ ...request, denyPolicies: [...request.denyPolicies, ...more.denyPolicies] }) <= before,
  )
  const unbound = { ...request, boundaries: { ...request.boundaries, policyBindings: [] } }
  const bound = {
    ...request,
    boundaries: { ...request.boundaries, policyBindings: more.boundaries.policyBindings.slice(0, 1) },
  }
  law('a first boundary never adds', rank(bound) <= rank(unbound))
  law(
    'an allow policy never removes',
    rank({ ...request, allowPolicies: [...request.allowPolicies, ...withoutBasic(more.allowPolicies)] }) >=
      before,
  )
  law(
    'a condition on an allow never adds',
    rank({ ...request, allowPolicies: conditioned(request.allowPolicies, dice) }) <= before,
  )
  law(
    'a binding that moves up never removes',
    rank({ ...request, allowPolicies: movedUp(request) }) >= before,
  )
  law(
    'groups nest as their transitive closure',
    decided({ ...request, groups: closed(request.groups) }).decision === decided(request).decision,
  )
  law(
    'a binding is the same in both spellings',
    decided({ ...request, principal: newer(request.principal) }).decision === decided(request).decision,
  )
  const settle = (value: string): number =>
    rank({ ...request, allowPolicies: replaced(request.allowPolicies, value) })
  law(
    'an unknown condition lies between both extremes',
    settle('false') <= before && before <= settle('true'),
  )
  return broken
}

/** Convenience values stand for holders of basic roles, which more holders change: those are left out. */
function withoutBasic(policies: Any[]): Any[] {
  return edited(policies, (b) => ({
    ...b,
    role: b.role === 'roles/owner' || b.role === 'roles/viewer' ? 'roles/custom' : b.role,
  }))
}

function conditioned(policies: Any[], dice: Dice): Any[] {
  const extra = dice.one(CONDITIONS)
  return edited(policies, (b) => ({
    ...b,
    condition: {
      expression: b.condition === undefined ? extra : `(${b.condition.expression}) && (${extra})`,
    },
  }))
}

function replaced(policies: Any[], value: string): Any[] {
  return edited(policies, (b) => (b.condition === undefined ? b : { ...b, condition: { expression: value } }))
}

function edited(policies: Any[], edit: (binding: Any) => Any): Any[] {
  return policies.map(({ resource, policy }) => ({
    resource,
    policy: { bindings: policy.bindings.map(edit) },
  }))
}

/** Bindings of the resource itself, but for basic roles, put on what is directly above it. */
function movedUp({ resource, ancestors, allowPolicies }: Any): Any[] {
  const isBasic = (b: Any): boolean => b.role === 'roles/owner' || b.role === 'roles/viewer'
  return allowPolicies.flatMap((row: Any) => {
    if (row.resource !== resource) return [row]
    const stays = { resource, policy: { bindings: row.policy.bindings.filter(isBasic) } }
    return [
      stays,
      { resource: ancestors[0], policy: { bindings: row.policy.bindings.filter((b: Any) => !isBasic(b)) } },
    ]
  })
}

function closed(groups: Record<string, string[]>): Record<string, string[]> {
  const inside = (group: string, seen: Set<string>): Set<string> => {
    for (const member of groups[group] ?? []) {
      if (seen.has(member)) continue
      seen.add(member)
      if (member.startsWith('group:')) inside(member.slice(6), seen)
    }
    return seen
  }
  return Object.fromEntries(
    Object.keys(groups).map((g) => [g, [...inside(g, new Set())].filter((m) => !m.startsWith('group:'))]),
  )
}

function newer(principal: Any): Any {
  const member = String(principal.member)
    .replace(/^user:/, 'principal://goog/subject/')
    .replace(/^serviceAccount:/, 'principal://iam.googleapis.com/projects/-/serviceAccounts/')
  return { ...principal, member }
}

/* eslint-enable @typescript-eslint/no-unsafe-call */
