/**
 * One line of `gomeisa simulate aws`, as the reference interpreter reads it (the contract of the command; the engine
 * has types of its own).
 */

export type Scalar = string | number | boolean
export type Given = Scalar | readonly Scalar[] | { readonly unknown: true }

export type PrincipalType = 'root' | 'user' | 'role' | 'session' | 'federated-user' | 'service' | 'anonymous'

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: PrincipalElement
  readonly NotPrincipal?: PrincipalElement
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Scalar | readonly Scalar[]>>>>
}
export type PrincipalElement = '*' | Readonly<Record<string, string | readonly string[]>>

export interface Document {
  readonly Version?: string
  readonly Statement: Statement | readonly Statement[]
}

/** As `kms:ListGrants` gives it. */
export interface Grant {
  readonly GranteePrincipal: string
  readonly RetiringPrincipal?: string
  readonly Operations: readonly string[]
  readonly Constraints?: {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>
  }
}

export interface Line {
  readonly id?: string
  readonly principal: {
    readonly arn: string
    readonly type: PrincipalType
    readonly account?: string
    /** Of a session: the role it is a session of. */
    readonly roleArn?: string
    readonly serviceLinked?: boolean
    readonly inManagementAccount?: boolean
    readonly tags?: Readonly<Record<string, string>>
  }
  readonly action: string
  readonly resource: {
    readonly arn: string
    readonly account?: string
    readonly inManagementAccount?: boolean
    readonly tags?: Readonly<Record<string, string>>
  }
  readonly context?: Readonly<Record<string, Given>>
  readonly identityPolicies?: readonly { readonly name: string; readonly document: Document }[]
  readonly boundary?: readonly Document[]
  readonly sessionPolicy?: Document
  /** From the root of the organization down to the account; none: no organization. */
  readonly scps?: readonly (readonly Document[])[]
  readonly rcps?: readonly (readonly Document[])[]
  readonly resourcePolicy?: Document
  readonly endpointPolicies?: readonly Document[]
  readonly kmsGrants?: readonly Grant[]
}

export type Decision = 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'

export function list<T>(x: T | readonly T[] | undefined): readonly T[] {
  return x === undefined ? [] : Array.isArray(x) ? x : [x as T]
}

export function documentsOf(line: Line): readonly Document[] {
  return [
    ...(line.identityPolicies ?? []).map((p) => p.document),
    ...(line.boundary ?? []),
    ...(line.scps ?? []).flat(),
    ...(line.rcps ?? []).flat(),
    ...(line.endpointPolicies ?? []),
    ...[line.sessionPolicy, line.resourcePolicy].filter((d) => d !== undefined),
  ]
}
