import type { JsonObject, Row, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import type { Draft, PrincipalDraft } from './draft.ts'

/** What Identity Center would provision for a permission set; absent members were not imported. */
interface PermissionSet {
  readonly arn: string
  name?: string
  at?: Row['at']
  /** Uses of the inline policy: one or none. */
  inline?: readonly number[]
  /** ARNs of AWS's own policies. */
  managed?: string[]
  /** Path and name of policies that each account has under this name. */
  references?: string[]
  /** An ARN, or path and name in each account; null: none. */
  boundary?: string | null
}

/** The kinds that tell the policies of permission sets. */
export const PERMISSION_SET_KINDS = [
  'aws.permission-set',
  'aws.permission-set-inline-policy',
  'aws.permission-set-managed-policies',
  'aws.answers',
] as const

/**
 * Permission sets, from which Identity Center makes a role in every account that they are assigned in.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export class PermissionSets {
  private readonly sets = new Map<string, PermissionSet>()
  private readonly draft: Draft
  private readonly listed: boolean

  /** `listed`: managed policies were asked for; a set without any has no rows. */
  constructor(draft: Draft, listed: boolean) {
    this.draft = draft
    this.listed = listed
  }

  read(source: SourceRows): void {
    for (const row of source.rows()) {
      switch (source.source.kind) {
        case 'aws.permission-set':
          this.described(row)
          break
        case 'aws.permission-set-inline-policy':
          this.inline(row)
          break
        case 'aws.permission-set-managed-policies':
          this.managed(row)
          break
        default:
          this.answer(row)
      }
    }
  }

  nameOf(arn: string): string | undefined {
    return this.sets.get(arn)?.name
  }

  /**
   * The role that stands for an assignment whose role was not imported: with the policies of the permission set. What of them
   * was not imported is missing, so that answers are unknown. `undefined`: nothing of its policies was imported.
   */
  standIn(arn: string, account: string): PrincipalDraft | undefined {
    const set = this.sets.get(arn)
    if (set?.name === undefined || set.at === undefined) return undefined
    if (set.inline === undefined && set.managed === undefined) return undefined
    const partition = arn.split(':', 2)[1] ?? 'aws'
    const inAccount = (name: string) => `arn:${partition}:iam::${account}:policy${name}`
    const not = (what: string) => `of permission set ${set.name ?? ''}: its ${what} was not imported`
    const boundary =
      set.boundary === undefined
        ? not('boundary')
        : set.boundary?.startsWith('/') === true
          ? inAccount(set.boundary)
          : set.boundary
    const path = '/aws-reserved/sso.amazonaws.com/'
    const name = `AWSReservedSSO_${set.name}`
    const role: PrincipalDraft = {
      arn: `arn:${partition}:iam::${account}:role${path}${name}`,
      kind: 'role',
      account,
      export: account,
      name,
      path,
      uniqueId: '',
      at: set.at,
      tags: [],
      inline: set.inline ?? [],
      attached: [
        ...(set.managed ?? (this.listed ? [] : [not('list of managed policies')])),
        ...(set.references?.map(inAccount) ?? [not('list of customer managed policies')]),
        ...(set.inline === undefined ? [not('inline policy')] : []),
      ],
      groups: [],
      ...(boundary === null ? {} : { boundary }),
      trust: -1,
      profiles: [],
      credentials: [],
    }
    this.draft.account(account)
    this.draft.principals.set(role.arn, role)
    return role
  }

  private set(arn: string | undefined): PermissionSet | undefined {
    if (arn === undefined) return undefined
    const known = this.sets.get(arn)
    if (known !== undefined) return known
    const made: PermissionSet = { arn }
    this.sets.set(arn, made)
    return made
  }

  private described({ value, at }: Row): void {
    if (!isObject(value)) return
    const raw = ownObject(value, 'PermissionSet') ?? value
    const set = this.set(ownString(raw, 'PermissionSetArn'))
    const name = ownString(raw, 'Name')
    if (set === undefined || name === undefined) return
    set.name = name
    set.at = at
  }

  private inline({ value, at, parameters }: Row): void {
    const set = this.set(parameters === undefined ? undefined : ownString(parameters, 'PermissionSetArn'))
    if (set === undefined || !isObject(value)) return
    const document = own(value, 'InlinePolicy')
    const place = { source: at.source, pointer: `${at.pointer}/InlinePolicy` }
    const use =
      document === '' || document === undefined
        ? undefined
        : this.draft.tables.use(document, 'inline policy of the permission set', place)
    set.inline = use === undefined ? [] : [use]
  }

  private managed({ value, parameters }: Row): void {
    const set = this.set(parameters === undefined ? undefined : ownString(parameters, 'PermissionSetArn'))
    const arn = isObject(value) ? ownString(value, 'Arn') : undefined
    if (set === undefined || arn === undefined) return
    set.managed ??= []
    set.managed.push(arn)
  }

  private answer({ value }: Row): void {
    if (!isObject(value)) return
    const call = ownString(value, 'call')
    const response = ownObject(value, 'response')
    const set = this.set(ownString(ownObject(value, 'parameters') ?? {}, 'PermissionSetArn'))
    if (set === undefined) return
    if (call === 'sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet') {
      const list = response === undefined ? [] : ownList(response, 'CustomerManagedPolicyReferences')
      set.references ??= []
      for (const item of list) {
        const named = isObject(item) ? referenceIn(item) : undefined
        if (named !== undefined) set.references.push(named)
      }
    } else if (call === 'sso-admin:GetPermissionsBoundaryForPermissionSet') {
      const found = response === undefined ? undefined : ownObject(response, 'PermissionsBoundary')
      const reference = found === undefined ? undefined : ownObject(found, 'CustomerManagedPolicyReference')
      const named = reference === undefined ? undefined : referenceIn(reference)
      set.boundary = named ?? (found === undefined ? undefined : ownString(found, 'ManagedPolicyArn')) ?? null
    }
  }
}

/** `/path/name` of a policy that each account has its own of. */
function referenceIn(raw: JsonObject): string | undefined {
  const name = ownString(raw, 'Name')
  return name === undefined ? undefined : `${ownString(raw, 'Path') ?? '/'}${name}`
}
