import type { NodeId } from '../../../graph/index.ts'
import { derived, nodeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Holder } from '../../grants/holders.ts'
import { serviceAccountResource } from '../resource-name.ts'
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

/** A service account with what is around it. */
interface Account {
  readonly id: NodeId
  readonly resource: string
  readonly project: string
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
  const { model, holders, because } = context
  for (const account of accounts(context)) {
    const above = model.chain(account.resource).scopes.map(({ scope }) => scope)
    const settled = new Set(
      above.flatMap((scope) =>
        (administrators.get(scope) ?? []).filter(isSure).map(({ principal }) => principal),
      ),
    )
    const open = (found: readonly Holder[]): Holder[] =>
      found.filter(({ principal }) => !settled.has(principal))
    for (const [permission, rule, label] of BECOME) {
      const power = { kind: 'can-become', to: account.id, rule, label } as const
      edges.add(power, open(holders.of(permission, account.resource)), because)
    }
    const attaching = open(holders.of('iam.serviceAccounts.actAs', account.resource))
    if (attaching.length === 0) continue
    for (const [permission, rule, label] of WORKLOADS) {
      const power = { kind: 'can-become', to: account.id, rule, label } as const
      for (const [attach, create] of together(
        attaching,
        open(holders.of(permission, account.project)),
        context,
      )) {
        const says = `${create.principal.slice('gcp:'.length)} starts a workload in ${shortName(account.project)} as the account`
        edges.put(
          power,
          attach.principal === create.principal ? attach.principal : narrower(attach, create, context),
          [...attach.conditions, ...create.conditions],
          [...attach.doubts, ...create.doubts],
          () => derived(rule, says, [because(attach), because(create)]),
        )
      }
    }
  }
}

function isSure(holder: Holder): boolean {
  return holder.conditions.length === 0 && holder.doubts.length === 0
}

function* accounts(context: Context): Generator<Account> {
  for (const node of context.nodes.values()) {
    if (node.kind !== 'principal' || node.type !== 'service-account' || node.scope === null) continue
    const project = node.scope.slice('gcp:'.length)
    const email = node.email ?? ''
    const id = project.slice(project.lastIndexOf('/') + 1)
    yield {
      id: nodeId('gcp', `serviceAccount:${email}`),
      resource: serviceAccountResource(email, id),
      project,
    }
  }
}

/** Pairs of holders of two permissions that one principal can have together: one of them means the other. */
function* together(
  a: readonly Holder[],
  b: readonly Holder[],
  context: Context,
): Generator<readonly [Holder, Holder]> {
  const byGrantee = new Map<number, Holder>()
  for (const holder of b)
    if (!byGrantee.has(holder.grantee) || isSure(holder)) byGrantee.set(holder.grantee, holder)
  for (const one of a) {
    const same = byGrantee.get(one.grantee)
    if (same !== undefined) {
      yield [one, same]
      continue
    }
    for (const other of byGrantee.values()) {
      const means = (grantee: number, principal: number): boolean =>
        context.model.holds(grantee, principal).some(({ doubt }) => doubt === null)
      if (means(one.grantee, other.grantee) || means(other.grantee, one.grantee)) yield [one, other]
    }
  }
}

function narrower(a: Holder, b: Holder, { model }: Context): NodeId {
  return model.holds(a.grantee, b.grantee).some(({ doubt }) => doubt === null) ? b.principal : a.principal
}
