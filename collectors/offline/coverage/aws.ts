import type { Gap, SourceKind } from '../../../graph/index.ts'
import { type AwsCoverageKey, awsGap } from './aws/table.ts'
import type { Coverage, Seen } from './coverage.ts'

/**
 * What each account should have. Formats mention `account:ID` for the accounts they speak of, `policy-type:TYPE` for
 * listed control policies, `identity-center-role:ID` for an account that has roles of Identity Center, and
 * `no-rcp` when the root does not have resource control policies enabled.
 */
export const awsCoverage: Coverage = (seen) => {
  const details = accountsIn(seen, 'aws.account-authorization-details')
  const members = accountsIn(seen, 'aws.organization-tree', 'aws.accounts', 'aws.accounts-for-parent')
  const accounts = [...new Set([...details, ...members])].sort()
  if (accounts.length === 0) return [awsGap('not-collected', 'account-authorization-details', '*')]
  const expected = expectations(seen, details)
  const gaps: Gap[] = []
  for (const account of accounts) {
    for (const [what, isThere] of expected) {
      if (!isThere(account)) gaps.push(awsGap('not-collected', what, account))
    }
  }
  return gaps
}

type Expectation = readonly [what: AwsCoverageKey, isThere: (account: string) => boolean]

function expectations(seen: readonly Seen[], details: ReadonlySet<string>): readonly Expectation[] {
  const hasAny = (...kinds: readonly SourceKind[]) => seen.some((source) => kinds.includes(source.kind))
  const mentions = (kind: SourceKind, mention: string) =>
    seen.some((source) => source.kind === kind && source.mentions.includes(mention))
  const reports = accountsIn(seen, 'aws.credential-report')
  const policies = accountsIn(seen, 'aws.resource-policies', 'aws.config-resources', 'aws.answers')
  const isPolicyFileOfAll = details.size === 1 && policies.size === 0 && hasAny('aws.resource-policies')
  const assigned = accountsIn(seen, 'aws.account-assignments')
  const entered = mentioned(seen, 'identity-center-role:')
  const hasPeople = hasAny('aws.identity-store-users') && hasAny('aws.identity-store-memberships')
  const isControlled = controlPolicies(seen)
  return [
    ['account-authorization-details', (account) => details.has(account)],
    ['service-control-policies', (account) => isControlled(account, 'SERVICE_CONTROL_POLICY')],
    [
      'resource-control-policies',
      (account) =>
        isControlled(account, 'RESOURCE_CONTROL_POLICY') || mentions('aws.organization-roots', 'no-rcp'),
    ],
    ['resource-policies', (account) => policies.has(account) || isPolicyFileOfAll],
    ['credential-report', (account) => reports.has(account)],
    ['identity-center-assignments', (account) => !entered.has(account) || assigned.has(account)],
    ['identity-center-members', (account) => !entered.has(account) || hasPeople],
  ]
}

/** Whether the control policies above an account are known: in one file, by calls, or because there is no organization. */
function controlPolicies(seen: readonly Seen[]): (account: string, type: string) => boolean {
  const of = (kind: SourceKind) => seen.filter((source) => source.kind === kind)
  const trees = accountsIn(seen, 'aws.organization-tree')
  const placed = accountsIn(seen, 'aws.accounts-for-parent')
  const alone = new Set(
    of('aws.organization')
      .filter((source) => source.mentions.includes('no-organization'))
      .map((source) => source.scope),
  )
  const hasTargets = of('aws.policy-targets').length + of('aws.policies-for-target').length > 0
  const types = new Set(of('aws.organization-policy').flatMap((source) => source.mentions))
  return (account, type) =>
    alone.has(account) ||
    trees.has(account) ||
    (placed.has(account) && hasTargets && types.has(`policy-type:${type}`))
}

/** Accounts that sources of these kinds are about. */
function accountsIn(seen: readonly Seen[], ...kinds: readonly SourceKind[]): ReadonlySet<string> {
  const sources = seen.filter(({ kind }) => kinds.includes(kind))
  const scopes = sources.flatMap(({ scope }) =>
    scope !== undefined && /^\d{12}$/.test(scope) ? [scope] : [],
  )
  return new Set([...scopes, ...mentioned(sources, 'account:')])
}

/** What follows the prefix in the mentions. */
function mentioned(seen: readonly Seen[], prefix: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { mentions } of seen) {
    for (const mention of mentions) if (mention.startsWith(prefix)) found.add(mention.slice(prefix.length))
  }
  return found
}
