import type { SourceRef } from '../../../graph/index.ts'

/** Whom a grant lets in: an account by its canonical user id, or a predefined group. */
export type AclGrantee =
  { readonly id: string } | { readonly group: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery' }

export type AclPermission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL'

/** The access control list of a bucket, without what it grants to its owner. */
export interface AclDraft {
  readonly grants: readonly {
    readonly grantee: AclGrantee
    readonly permission: AclPermission
    readonly at: SourceRef
  }[]
  /** It has grants in a form that is not known. */
  readonly isPartial: boolean
}
