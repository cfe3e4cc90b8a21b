import type { Derivation, NodeId, Row, SourceRows } from '../../../graph/index.ts'
import { derived, isObject, nodeId, observed, ownList, ownObject, ownString } from '../../../graph/index.ts'
import type { Draft } from './draft.ts'
import { identifiersOf } from './identity-center-person.ts'
import { PermissionSets } from './permission-sets.ts'

interface Assignment {
  readonly row: Row
  readonly account: string
  readonly permissionSet: string
  readonly principal: NodeId
}

/** People and groups of Identity Center, and the roles that their assignments give them. */
export class IdentityCenter {
  readonly sets: PermissionSets
  private readonly assignments: Assignment[] = []
  private readonly draft: Draft

  /** `listed`: the managed policies of permission sets were asked for; a set without any has no rows. */
  constructor(draft: Draft, listed: boolean) {
    this.draft = draft
    this.sets = new PermissionSets(draft, listed)
  }

  read(source: SourceRows): void {
    for (const row of source.rows()) {
      switch (source.source.kind) {
        case 'aws.account-assignments':
          this.assignment(row)
          break
        case 'aws.identity-store-users':
          this.user(row)
          break
        case 'aws.identity-store-groups':
          this.group(row)
          break
        default:
          this.membership(row)
      }
    }
  }

  /**
   * Makes the edges to the provisioned roles. Identity Center names them `AWSReservedSSO_<permission set>_<16 hex digits>`.
   * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
   */
  finish(): void {
    const roles = new Map<string, { arn: string; because: Derivation }>()
    for (const role of this.draft.principals.values()) {
      const found = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role.name)
      if (role.kind !== 'role' || found === null || !role.path.startsWith('/aws-reserved/')) continue
      roles.set(`${role.account} ${found[1] ?? ''}`, {
        arn: role.arn,
        because: observed(role.at, `${role.name} is the role of a permission set`),
      })
    }
    for (const { row, account, permissionSet, principal } of this.assignments) {
      this.placeholder(principal)
      const name = this.sets.nameOf(permissionSet)
      const key = `${account} ${name ?? ''}`
      const role = roles.get(key) ?? this.standIn(permissionSet, account)
      if (role !== undefined) roles.set(key, role)
      if (name === undefined || role === undefined) {
        this.draft.countNotEvaluated(
          'permission-set-assignment',
          'assignments of permission sets whose role and policies were not imported',
        )
        continue
      }
      const says = `permission set ${name} is assigned in account ${account}`
      this.draft.edges.push({
        kind: 'can-become',
        from: principal,
        to: nodeId('aws', role.arn),
        rule: 'identity-center-assignment',
        label: 'Identity Center',
        certainty: 'certain',
        conditions: [],
        because: derived('identity-center-assignment', says, [observed(row.at, says), role.because]),
      })
    }
  }

  /** The role that is not there, with the policies of the permission set. */
  private standIn(set: string, account: string): { arn: string; because: Derivation } | undefined {
    const role = this.sets.standIn(set, account)
    if (role === undefined) return undefined
    const says = `${role.name} is what Identity Center makes of the permission set in account ${account}`
    return { arn: role.arn, because: observed(role.at, says) }
  }

  private assignment(row: Row): void {
    const raw = row.value
    if (!isObject(raw)) return
    const account = ownString(raw, 'AccountId')
    const permissionSet = ownString(raw, 'PermissionSetArn')
    const id = ownString(raw, 'PrincipalId')
    if (account === undefined || permissionSet === undefined || id === undefined) return
    const principal = ownString(raw, 'PrincipalType') === 'GROUP' ? groupNode(id) : userNode(id)
    this.assignments.push({ row, account, permissionSet, principal })
  }

  private user(row: Row): void {
    const raw = row.value
    const id = isObject(raw) ? ownString(raw, 'UserId') : undefined
    if (!isObject(raw) || id === undefined) return
    const emails = ownList(raw, 'Emails').filter(isObject)
    const address = emails.map((e) => ownString(e, 'Value')).find((value) => value?.includes('@') === true)
    const name = ownString(raw, 'UserName') ?? ownString(raw, 'DisplayName') ?? id
    const email = address ?? (name.includes('@') ? name : undefined)
    this.draft.add({
      kind: 'principal',
      type: 'user',
      id: userNode(id),
      cloud: 'aws',
      name,
      scope: null,
      tags: [],
      seen: row.at,
      human: true,
      ...(email === undefined ? {} : { email }),
      ...identifiersOf(raw, email),
    })
  }

  private group(row: Row): void {
    const raw = row.value
    const id = isObject(raw) ? ownString(raw, 'GroupId') : undefined
    if (!isObject(raw) || id === undefined) return
    this.draft.add({
      kind: 'principal',
      type: 'group',
      id: groupNode(id),
      cloud: 'aws',
      name: ownString(raw, 'DisplayName') ?? id,
      scope: null,
      tags: [],
      seen: row.at,
    })
  }

  private membership(row: Row): void {
    const raw = row.value
    if (!isObject(raw)) return
    const group = ownString(raw, 'GroupId')
    const member = ownObject(raw, 'MemberId')
    const user = member === undefined ? undefined : ownString(member, 'UserId')
    if (group === undefined || user === undefined) return
    this.placeholder(userNode(user))
    this.placeholder(groupNode(group))
    this.draft.edges.push({
      kind: 'member-of',
      from: userNode(user),
      to: groupNode(group),
      rule: 'group-membership',
      label: 'member of',
      certainty: 'certain',
      conditions: [],
      because: observed(row.at, `user ${user} is a member of group ${group}`),
    })
  }

  /** A user or group that is referred to and not described. */
  private placeholder(id: NodeId): void {
    const isGroup = id.startsWith(groupNode(''))
    const native = id.slice(id.lastIndexOf('/') + 1)
    this.draft.add({
      kind: 'principal',
      type: isGroup ? 'group' : 'user',
      id,
      cloud: 'aws',
      name: native,
      scope: null,
      tags: [],
      seen: null,
      ...(isGroup ? {} : { human: true }),
    })
  }
}

function userNode(id: string): NodeId {
  return nodeId('aws', `identity-center/user/${id}`)
}

function groupNode(id: string): NodeId {
  return nodeId('aws', `identity-center/group/${id}`)
}
