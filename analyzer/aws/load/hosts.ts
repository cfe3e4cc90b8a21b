import type { Gap, SourceRef, SourceRows } from '../../../graph/index.ts'
import { derived, isObject, nodeId, observed, own, ownString } from '../../../graph/index.ts'
import { accountIn, isAccountId } from '../model/arn.ts'
import type { HostColumns } from '../state.ts'
import type { HostType } from '../techniques/host-types.ts'
import type { Draft } from './draft.ts'
import type { HostDraft } from './host-draft.ts'
import { hostsInAnswer, typesIn, type HostRecord } from './host-shapes.ts'

/**
 * Reads answers of calls, each with its question: `{call, account, region, parameters, response}`. An empty listing says
 * that the account it was asked in has none.
 */
export function readHosts(draft: Draft, source: SourceRows): void {
  for (const row of source.rows()) {
    if (!isObject(row.value)) continue
    const call = ownString(row.value, 'call') ?? ''
    const asked = {
      account: ownString(row.value, 'account') ?? source.source.scope ?? '',
      region: ownString(row.value, 'region') ?? '',
    }
    const found = hostsInAnswer(call, own(row.value, 'response'), asked)
    if (found === undefined) continue
    if (isAccountId(asked.account)) listed(draft, asked.account, found.lists)
    for (const host of found.hosts) addHost(draft, host, row.at, asked.account)
  }
}

/** Adds what one record says; records of the same resource are put together. */
export function addHost(draft: Draft, host: HostRecord, at: SourceRef, asked: string): void {
  const account = accountIn(host.arn) ?? asked
  if (!isAccountId(account)) return
  const known = draft.hosts.get(host.arn)
  const described = host.described !== false || known?.described === true
  draft.hosts.set(host.arn, {
    ...known,
    ...host,
    described,
    account,
    at: known?.role === undefined ? at : known.at,
  })
  draft.resource(host.arn, at).account ??= account
}

/** Notes that resources of these types were listed in an account. */
export function listed(draft: Draft, account: string, types: readonly HostType[]): void {
  const known = draft.account(account).hostTypes
  for (const type of types) known.add(type)
}

/** Reads what a live collection could not list: of these types, an account may have more than was told. */
export function readRefusals(draft: Draft, source: SourceRows): void {
  for (const { value } of source.rows()) {
    if (!isObject(value) || own(value, 'refused') === undefined) continue
    const account = ownString(value, 'account') ?? ''
    for (const type of typesIn(ownString(value, 'call') ?? ''))
      draft.accounts.get(account)?.hostTypes.delete(type)
  }
}

/**
 * Instance profiles become their roles, and `runs-as` edges are made where none is yet. `gaps`: of these accounts, nothing
 * was listed as a whole.
 */
export function finishHosts(draft: Draft, gaps: readonly Gap[]): void {
  for (const { scope } of gaps) draft.accounts.get(scope)?.hostTypes.clear()
  const roles = new Map<string, string>()
  for (const principal of draft.principals.values()) {
    for (const profile of principal.profiles) roles.set(profile, principal.arn)
  }
  const told = new Set(draft.edges.filter((edge) => edge.kind === 'runs-as').map((edge) => edge.from))
  for (const host of draft.hosts.values()) {
    // Which role it runs with was not told: the listing is as good as none.
    if (host.described === false) draft.account(host.account).hostTypes.delete(host.type)
    const role = host.role ?? roleOf(roles, host)
    if (role === undefined) continue
    if (host.role === undefined) draft.hosts.set(host.arn, { ...host, role })
    const from = nodeId('aws', host.arn)
    if (told.has(from) || host.type === 'ec2:launch-template') continue
    const says = `${host.arn} runs with the role ${role}`
    draft.edges.push({
      kind: 'runs-as',
      from,
      to: nodeId('aws', role),
      rule: 'runs-with-role',
      label: 'runs as',
      certainty: 'certain',
      conditions: [],
      because: derived('runs-with-role', says, [observed(host.at, says)]),
    })
  }
}

/** A profile is named by its ARN or, within the account, by its name. */
function roleOf(roles: ReadonlyMap<string, string>, { profile, account }: HostDraft): string | undefined {
  if (profile === undefined) return undefined
  return roles.get(profile) ?? roles.get(`${account}/${profile}`)
}

/** The columns of the state, sorted by ARN. `known`: of each principal, by its ARN. */
export function hostColumns(draft: Draft, known: ReadonlyMap<string, number>): HostColumns {
  const hosts = [...draft.hosts.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1))
  const told = (value: boolean | undefined) => (value === undefined ? 0 : value ? 1 : 2)
  return {
    arns: hosts.map((host) => host.arn),
    types: hosts.map((host) => host.type),
    accounts: hosts.map((host) => host.account),
    roles: Int32Array.from(hosts, (host) => (host.role === undefined ? -1 : (known.get(host.role) ?? -1))),
    running: Uint8Array.from(hosts, (host) => told(host.running)),
    managed: Uint8Array.from(hosts, (host) => told(host.managed)),
    sources: Int32Array.from(hosts, (host) => host.at.source),
    pointers: hosts.map((host) => host.at.pointer),
  }
}
