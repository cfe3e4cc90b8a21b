import type { Derivation, NodeId } from '../../../graph/index.ts'
import { derived, nativeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Holder } from '../../grants/holders.ts'
import { serviceAccountResource } from '../resource-name.ts'
import type { GcpModel } from '../model.ts'
import { shortName } from '../model.ts'
import type { Context } from './context.ts'

/** Permissions on a service account that make their holder it (IAM documentation, "Service account impersonation"). */
const BECOME = [
  ['iam.serviceAccounts.getAccessToken', 'mint-token', 'mints its tokens'],
  ['iam.serviceAccounts.signJwt', 'sign-token', 'signs its tokens'],
  ['iam.serviceAccounts.signBlob', 'sign-blob', 'signs as it'],
  ['iam.serviceAccountKeys.create', 'create-key', 'creates its keys'],
  ['iam.serviceAccounts.setIamPolicy', 'grant-itself', 'grants itself access'],
] as const

/** What starts a workload of one's own with a service account, given the right to attach it: by service. */
const WORKLOADS = [
  ['compute.instances.create', 'attach-to-vm', 'runs a VM as it'],
  ['cloudfunctions.functions.create', 'attach-to-function', 'runs a function as it'],
  ['run.services.create', 'attach-to-service', 'runs a service as it'],
  ['run.jobs.create', 'attach-to-job', 'runs a job as it'],
] as const

/** Service accounts with the same grants on them and above them, so with the same holders of everything. */
interface Accounts {
  readonly ids: NodeId[]
  readonly resource: string
  readonly project: string
  readonly above: readonly string[]
}

/**
 * `can-become` edges to service accounts. Whoever administers a container around one is left out: that is told by the
 * edge to the container.
 */
export function impersonationEdges(
  administrators: ReadonlyMap<string, readonly Holder[]>,
  context: Context,
  edges: PowerEdges,
): void {
  const { holders, because } = context
  for (const accounts of alike(context)) {
    const settled = new Set(
      accounts.above.flatMap((scope) =>
        (administrators.get(scope) ?? []).filter(isSure).map(({ principal }) => principal),
      ),
    )
    const open = (found: readonly Holder[]): Holder[] =>
      found.filter(({ principal }) => !settled.has(principal))
    for (const [permission, rule, label] of BECOME) {
      const found = open(holders.of(permission, accounts.resource))
      for (const to of accounts.ids) edges.add({ kind: 'can-become', to, rule, label }, found, because)
    }
    const attaching = open(holders.of('iam.serviceAccounts.actAs', accounts.resource))
    if (attaching.length === 0) continue
    for (const [permission, rule, label] of WORKLOADS) {
      const creating = open(holders.of(permission, accounts.project))
      for (const [attach, create] of together(attaching, creating, context)) {
        const from = narrower(attach, create, context)
        const conditions = [...attach.conditions, ...create.conditions]
        const doubts = [...attach.doubts, ...create.doubts]
        const proof = (): Derivation => {
          const says = `${nativeId(from)} starts a workload in ${shortName(accounts.project)} as the account`
          return derived(rule, says, [because(attach), because(create)])
        }
        for (const to of accounts.ids)
          edges.put({ kind: 'can-become', to, rule, label }, from, conditions, doubts, proof)
      }
    }
  }
}

function isSure(holder: Holder): boolean {
  return holder.conditions.length === 0 && holder.doubts.length === 0
}

function alike({ nodes, model }: Context): Iterable<Accounts> {
  const groups = new Map<string, Accounts>()
  for (const node of nodes.values()) {
    if (node.kind !== 'principal' || node.type !== 'service-account' || node.scope === null) continue
    const project = nativeId(node.scope)
    const resource = serviceAccountResource(node.email ?? '', project.slice(project.lastIndexOf('/') + 1))
    const above = model.chain(resource).scopes.map(({ scope }) => scope)
    const key = above.filter((scope) => scope === project || model.grantsAt(scope).length > 0).join('\n')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { ids: [node.id], resource, project, above })
    else known.ids.push(node.id)
  }
  return groups.values()
}

/** Pairs of holders of two permissions that one principal can have together: one of them means the other. */
function* together(
  a: readonly Holder[],
  b: readonly Holder[],
  { model }: Context,
): Generator<readonly [Holder, Holder]> {
  const byGrantee = new Map<number, Holder>()
  for (const holder of b)
    if (!byGrantee.has(holder.grantee) || isSure(holder)) byGrantee.set(holder.grantee, holder)
  const wide = [...byGrantee.values()].filter(({ grantee }) => isWide(grantee, model))
  for (const one of a) {
    const same = byGrantee.get(one.grantee)
    if (same !== undefined) {
      yield [one, same]
      continue
    }
    const others = isWide(one.grantee, model) ? byGrantee.values() : wide
    for (const other of others) if (narrowerOf(one, other, model) !== undefined) yield [one, other]
  }
}

/** Whether it stands for others than itself. */
function isWide(grantee: number, model: GcpModel): boolean {
  const { type } = model.meaning.population.of(grantee)
  return type !== 'user' && type !== 'serviceAccount' && type !== 'pool-subject'
}

/** The one of two holders whom the other surely means. */
function narrowerOf(a: Holder, b: Holder, model: GcpModel): Holder | undefined {
  const means = (grantee: number, principal: number): boolean =>
    model.holds(grantee, principal).some(({ doubt, conditions }) => doubt === null && conditions.length === 0)
  if (means(a.grantee, b.grantee)) return b
  return means(b.grantee, a.grantee) ? a : undefined
}

function narrower(a: Holder, b: Holder, { model }: Context): NodeId {
  return (narrowerOf(a, b, model) ?? a).principal
}
