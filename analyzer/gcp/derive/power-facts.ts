import type { Evidence, NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { Fact } from '../../findings/fact.ts'
import type { Holder } from '../../grants/holders.ts'
import { ScopeFacts } from '../../grants/power-facts.ts'
import { isContainer } from '../resource-name.ts'
import type { Context } from './context.ts'
import { peopleIn } from './people.ts'
import { removeBinding } from './remedy.ts'

const BASIC = new Set(['roles/owner', 'roles/editor', 'roles/viewer'])

/** Permissions that reach far when they are held on a whole container, without being administration. */
const FAR_REACHING = [
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccountKeys.create',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccounts.actAs',
  'iam.roles.update',
  'orgpolicy.policy.set',
] as const

/** Permissions to make something that runs code as a service account: without one, actAs hands nothing to anybody. */
const RUNS_CODE = [
  'compute.instances.create',
  'cloudfunctions.functions.create',
  'run.services.create',
  'run.jobs.create',
  'cloudbuild.builds.create',
  'dataproc.clusters.create',
  'composer.environments.create',
] as const

/** Who administers containers, who holds far-reaching rights in them, who may attach any service account. */
export function powerFacts(administrators: ReadonlyMap<string, readonly Holder[]>, context: Context): Fact[] {
  const people = peopleIn(context)
  const facts: Fact[] = []
  for (const container of new Set(context.state.bindings.map((binding) => binding.scope))) {
    if (!isContainer(container)) continue
    const here = new ScopeFacts(nodeId('gcp', container))
    for (const holder of administrators.get(container) ?? []) {
      // What is bound to a condition is not administration at any time.
      if (holder.conditions.length > 0) continue
      const assumes = holder.doubts.map(({ says }) => says)
      here.add('administrator', people.of(holder), context.roleName(holder), assumes)
    }
    const runners = new Set<NodeId>()
    for (const permission of RUNS_CODE) {
      for (const holder of context.holders.at(permission, container)) {
        for (const { principal } of people.of(holder)) runners.add(principal)
      }
    }
    for (const permission of FAR_REACHING) {
      for (const holder of context.holders.at(permission, container)) {
        const assumes = [...holder.doubts, ...holder.conditions].map(({ says }) => says)
        here.add('privileged', people.of(holder), context.roleName(holder), assumes)
        // A basic role is a finding of its own.
        if (permission !== 'iam.serviceAccounts.actAs' || BASIC.has(context.roleName(holder))) continue
        const able = people.of(holder).filter(({ principal }) => runners.has(principal))
        here.add('pass-any-role', able, context.roleName(holder), assumes)
      }
    }
    facts.push(...here.list())
  }
  return [...facts, ...basicRoles(context)]
}

/** Basic roles bound on projects, of whom they are bound to; convenience values, which only repeat them, are left out. */
function* basicRoles(context: Context): Generator<Fact> {
  const { model, state } = context
  for (const grant of model.grants) {
    const role = state.roles[grant.role]?.name ?? ''
    if (!BASIC.has(role) || !grant.scope.includes('/projects/') || !isContainer(grant.scope)) continue
    // What must be activated first is no standing role.
    if (grant.conditions.some(({ raw }) => raw === undefined)) continue
    const scope = nodeId('gcp', grant.scope)
    const assumes = grant.conditions.map(({ says }) => says)
    for (const grantee of grant.grantees) {
      const principal = model.principals[grantee]
      // Agents of Google's services keep such roles by design.
      if (principal === undefined || isAgent(principal, context)) continue
      const holder = { grantee, principal, grant, conditions: grant.conditions, doubts: [] }
      const evidence: Evidence = [context.because(holder)]
      yield {
        fact: 'basic-role',
        principal,
        scope,
        role,
        assumes,
        evidence,
        remedy: removeBinding(holder, context),
      }
    }
  }
}

function isAgent(principal: NodeId, { nodes }: Context): boolean {
  const node = nodes.get(principal)
  return node?.kind === 'principal' && node.type === 'service'
}
