import type { ContainerNode, NodeId } from '../../../graph/index.ts'
import { nodeId, observed, unverifiedEmail } from '../../../graph/index.ts'
import { lastStep, parseArn } from '../model/arn.ts'
import type { AccountDraft, Draft, PrincipalDraft } from './draft.ts'
import { accountNode } from './draft.ts'
import { environmentOf } from '../../environment.ts'

/** Adds the nodes of everything that was read, and the edges of group memberships. */
export function buildNodes(draft: Draft): void {
  for (const resource of draft.resources.values()) {
    // Every account that something imported lies in is a container of the estate.
    if (resource.account !== undefined) draft.account(resource.account)
  }
  addOrganization(draft)
  for (const account of draft.accounts.values()) draft.add(accountContainer(draft, account))
  for (const group of draft.groups.values()) {
    draft.add({
      kind: 'principal',
      type: 'group',
      id: nodeId('aws', group.arn),
      cloud: 'aws',
      name: group.name,
      scope: accountNode(group.account),
      tags: [],
      seen: group.at,
      ...(group.created === undefined ? {} : { created: group.created }),
    })
  }
  for (const principal of draft.principals.values()) addPrincipal(draft, principal)
  for (const resource of draft.resources.values()) {
    draft.add({
      kind: 'resource',
      type: resource.type,
      id: nodeId('aws', resource.arn),
      cloud: 'aws',
      name: resource.name ?? lastStep(parseArn(resource.arn)?.resource ?? resource.arn),
      scope: resource.account === undefined ? null : accountNode(resource.account),
      tags: resource.tags,
      seen: resource.seen,
    })
  }
}

/** Nobody makes sure of a user's name or tags. */
const IAM_CLAIM = 'the e-mail address in the name or tags of the IAM user is the address of who uses it'

function addPrincipal(draft: Draft, p: PrincipalDraft): void {
  const email = p.tags.find(([key, value]) => key.toLowerCase() === 'email' && value.includes('@'))?.[1]
  const address =
    email ?? (p.kind === 'user' && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(p.name) ? p.name : undefined)
  const human = p.kind === 'user' && (p.console === true || address !== undefined)
  draft.add({
    kind: 'principal',
    type: p.kind,
    id: nodeId('aws', p.arn),
    cloud: 'aws',
    name: p.name,
    scope: accountNode(p.account),
    tags: p.tags,
    seen: p.at,
    ...(human ? { human: true } : p.kind === 'role' ? { human: false } : {}),
    ...(address === undefined ? {} : { email: address, identifiers: [unverifiedEmail(address, IAM_CLAIM)] }),
    ...(p.mfa === undefined ? {} : { mfa: p.mfa }),
    ...(p.created === undefined ? {} : { created: p.created }),
    ...(p.lastUsed === undefined ? {} : { lastUsed: p.lastUsed }),
    ...(p.unusedForDays === undefined ? {} : { unusedForDays: p.unusedForDays }),
    ...(p.credentials.length === 0 && p.reported !== true ? {} : { credentials: p.credentials }),
  })
  for (const name of p.groups) {
    const group = draft.groups.get(`${p.export}/${name}`)
    if (group === undefined) continue
    draft.edges.push({
      kind: 'member-of',
      from: nodeId('aws', p.arn),
      to: nodeId('aws', group.arn),
      rule: 'group-membership',
      label: 'member of',
      certainty: 'certain',
      conditions: [],
      because: observed(
        { source: p.at.source, pointer: `${p.at.pointer}/GroupList/${p.groups.indexOf(name)}` },
        `${p.name} is a member of group ${name}`,
      ),
    })
  }
}

function addOrganization(draft: Draft): void {
  const { id, units, seen } = draft.organization
  if (id === null && units.size === 0) return
  if (id !== null) {
    draft.add({
      kind: 'container',
      type: 'organization',
      id: nodeId('aws', id),
      cloud: 'aws',
      name: id,
      scope: null,
      tags: [],
      seen,
    })
  }
  for (const unit of units.values()) {
    if (unit.id.startsWith('r-') && id !== null) continue
    const environment = environmentOf([], namesAbove(draft, unit.id))
    draft.add({
      kind: 'container',
      type: 'folder',
      id: nodeId('aws', unit.id),
      cloud: 'aws',
      name: unit.name ?? unit.id,
      scope: parentNode(draft, unit.parent),
      tags: [],
      seen: unit.seen,
      ...(environment === undefined ? {} : { environment }),
    })
  }
}

/** The root of an organization is shown as the organization itself. */
function parentNode(draft: Draft, parent: string | undefined): NodeId | null {
  const { id } = draft.organization
  if (parent === undefined) return id === null ? null : nodeId('aws', id)
  return parent.startsWith('r-') && id !== null ? nodeId('aws', id) : nodeId('aws', parent)
}

/** Names of a unit and of those above it, nearest first. */
function namesAbove(draft: Draft, start: string | undefined): readonly string[] {
  const names: string[] = []
  const seen = new Set<string>()
  for (let at = start; at !== undefined && !seen.has(at); at = draft.organization.units.get(at)?.parent) {
    seen.add(at)
    names.push(draft.organization.units.get(at)?.name ?? at)
  }
  return names
}

function accountContainer(draft: Draft, account: AccountDraft): ContainerNode {
  const { organization } = draft
  const parent = organization.parents.get(account.id)
  const isMember = organization.members.has(account.id)
  const environment =
    account.environment ?? environmentOf(account.tags, [account.name ?? '', ...namesAbove(draft, parent)])
  return {
    kind: 'container',
    type: 'account',
    id: accountNode(account.id),
    cloud: 'aws',
    name: account.name ?? account.id,
    scope: isMember ? parentNode(draft, parent) : null,
    tags: account.tags,
    seen: account.seen,
    ...(environment === undefined ? {} : { environment }),
  }
}
