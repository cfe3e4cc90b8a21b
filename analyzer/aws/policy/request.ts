import type { Caller } from './caller.ts'
import type { ContextLookup } from './context.ts'
import type { PolicyDocument } from './document.ts'
import type { KmsGrant } from './kms-grant.ts'
import type { RequestedResource } from './resource-pattern.ts'

/** A document and the name that answers call it by. */
export interface NamedDocument {
  readonly name: string
  readonly document: PolicyDocument
}

/** Every policy that may have a say in a request. */
export interface PolicySet {
  readonly identity: readonly NamedDocument[]
  /** One document, or several that allow together; `undefined`: no permissions boundary. */
  readonly boundary: readonly NamedDocument[] | undefined
  readonly session: readonly NamedDocument[] | undefined
  /** Service control policies of the caller's account, from the root down; `undefined`: no organization. */
  readonly scps: readonly (readonly NamedDocument[])[] | undefined
  /** Resource control policies of the resource's account, from the root down. */
  readonly rcps: readonly (readonly NamedDocument[])[] | undefined
  readonly resource: readonly NamedDocument[] | undefined
  /** Policies of the VPC endpoints that the request goes through, each of which must allow. */
  readonly endpoints: readonly NamedDocument[]
  readonly grants: readonly KmsGrant[]
}

/** One request, with everything that decides it. */
export interface AccessRequest {
  readonly caller: Caller
  /** As written, `s3:GetObject`, and folded. */
  readonly action: string
  readonly foldedAction: string
  readonly resource: RequestedResource
  /** Account that owns the resource. */
  readonly owner: string
  readonly context: ContextLookup
  readonly policies: PolicySet
  /** The caller's, and the resource's, account manages the organization: control policies do not apply. */
  readonly callerInManagement: boolean
  readonly resourceInManagement: boolean
}
