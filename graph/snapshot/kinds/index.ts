import type { Cloud } from '../../model/cloud.ts'
import { isCloud } from '../../model/cloud.ts'
import { AWS_KINDS } from './aws.ts'
import { AZURE_KINDS } from './azure.ts'
import { GCP_KINDS } from './gcp.ts'

/** Every kind of source a snapshot can hold; the part before the dot is the cloud. */
export const SOURCE_KINDS = { ...AWS_KINDS, ...GCP_KINDS, ...AZURE_KINDS } as const

export type SourceKind = keyof typeof SOURCE_KINDS

export function cloudOf(kind: SourceKind): Cloud {
  const cloud = kind.slice(0, kind.indexOf('.'))
  return isCloud(cloud) ? cloud : 'aws'
}
