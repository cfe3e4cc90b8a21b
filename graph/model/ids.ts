import type { Brand } from './brand.ts'
import type { Cloud } from './cloud.ts'

/**
 * `<cloud>:<native id>`: an ARN, a GCP full resource name or IAM member, an Azure object id or ARM resource id.
 * ARM ids are folded to lower case (ARM compares them so); the other native ids are kept as they are.
 */
export type NodeId = Brand<string, 'NodeId'>

/** SHA-256 (64 hex digits) of a snapshot's canonical form. */
export type SnapshotId = Brand<string, 'SnapshotId'>

/** SHA-256 (64 hex digits) of a byte string. */
export type ContentHash = Brand<string, 'ContentHash'>

/** An RFC 3339 instant in UTC, `2026-11-16T06:00:00Z`. */
export type Instant = Brand<string, 'Instant'>

export function nodeId(cloud: Cloud, native: string): NodeId {
  return `${cloud}:${native}` as NodeId
}

/** The cloud's own name of a node. */
export function nativeId(id: NodeId): string {
  return id.slice(id.indexOf(':') + 1)
}
