import type { Edge } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { ALLOW, ROLE } from '../state.ts'
import { PASS_ROLE, type PassRole } from '../techniques/pass-role.ts'
import { edgeFrom, together, type Allowed, type Judge } from './judge.ts'
import type { Settled } from './settled.ts'

/** `can-become` edges of handing a role to a service, one for each principal and role: the first technique that works. */
export function* passRoleEdges(judge: Judge, settled: Settled): Generator<Edge> {
  const { estate } = judge
  const { principals } = estate.state
  const arnOf = (role: number) => principals.arns[role] ?? ''
  const serviceRoles = rolesByService(judge)
  const told = new Set<number>()
  for (const technique of PASS_ROLE) {
    const context = new Map([['iam:passedtoservice', technique.service]])
    for (const [account, holders] of judge.holders.of('iam:PassRole')) {
      const trusting = serviceRoles.get(`${account} ${technique.service}`) ?? []
      const roles = settled.ordered(
        trusting.filter((role) => technique.profile !== true || principals.profiles[role] === 1),
        arnOf,
      )
      const readers = roles.map((role) => judge.reader('iam:PassRole', arnOf(role), context))
      const able = readers.map(({ request }) => judge.holders.able('iam:PassRole', request, account))
      for (const principal of holders) {
        if (!able.some((set) => set.has(principal))) continue
        let needs: Allowed | undefined
        for (const [i, role] of roles.entries()) {
          if (settled.isDone(principal)) break
          const reader = readers[i]
          if (principal === role || reader === undefined || able[i]?.has(principal) !== true) continue
          const pair = principal * principals.arns.length + role
          if (told.has(pair)) continue
          needs ??= allNeeds(judge, technique, account, principal)
          if (needs === undefined) break
          const pass = settled.allowed(reader, principal)
          if (pass === undefined) continue
          const allowed = assuming(together([pass, needs]), technique)
          told.add(pair)
          settled.record(principal, arnOf(role), allowed)
          const names = [estate.identity(principal).name, estate.identity(role).name]
          yield edgeFrom(
            estate,
            principal,
            allowed,
            {
              kind: 'can-become',
              to: nodeId('aws', arnOf(role)),
              rule: technique.rule,
              label: technique.label,
            },
            `${names[0] ?? ''} may pass ${names[1] ?? ''} to ${technique.service} and run code there`,
          )
        }
      }
    }
  }
}

function allNeeds(
  judge: Judge,
  technique: PassRole,
  account: number,
  principal: number,
): Allowed | undefined {
  const id = judge.estate.state.accounts[account]?.id ?? ''
  const parts: Allowed[] = []
  for (const [action, pattern] of technique.needs) {
    const allowed = judge.allowedSomewhere(action, pattern.replace('{account}', id), principal)
    if (allowed === undefined) return undefined
    parts.push(allowed)
  }
  return together(parts)
}

/** A prerequisite that exports do not show is a condition. */
function assuming(allowed: Allowed, { assumes }: PassRole): Allowed {
  if (assumes === undefined) return allowed
  const certainty = allowed.certainty === 'certain' ? 'conditional' : allowed.certainty
  return { ...allowed, certainty, conditions: [...allowed.conditions, assumes] }
}

/** Roles by account and the service that their trust policy lets in. */
function rolesByService(judge: Judge): ReadonlyMap<string, readonly number[]> {
  const { estate } = judge
  const { principals, uses } = estate.state
  const found = new Map<string, number[]>()
  for (const [role, trust] of principals.trust.entries()) {
    if (principals.kinds[role] !== ROLE || trust < 0) continue
    const services = new Set<string>()
    for (const statement of estate.statementsOf(uses.documents[trust] ?? -1)) {
      if ((estate.flags(statement) & ALLOW) === 0) continue
      for (const service of estate.element(statement)?.services ?? []) services.add(service)
    }
    for (const service of services) {
      const key = `${estate.accountOfPrincipal(role)} ${service}`
      const list = found.get(key)
      if (list === undefined) found.set(key, [role])
      else list.push(role)
    }
  }
  return found
}
