import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { own, ownObject, ownString } from '../../../graph/index.ts'
import type { Collected } from './collected.ts'

/** A provider of a workload identity pool (google.iam.v1 WorkloadIdentityPoolProvider). */
export function readProvider(name: string, data: JsonObject, at: SourceRef, into: Collected): void {
  const pool = /(projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+)\/providers\/[^/]+$/.exec(
    name,
  )?.[1]
  if (pool === undefined) return
  const oidc = ownObject(data, 'oidc')
  const aws = ownObject(data, 'aws')
  const mapping = Object.entries(ownObject(data, 'attributeMapping') ?? {})
  const given = oidc === undefined ? undefined : own(oidc, 'allowedAudiences')
  const audiences: readonly Json[] = Array.isArray(given) ? given : []
  const state = ownString(data, 'state')
  const condition = ownString(data, 'attributeCondition')
  into.providers.push({
    name,
    pool,
    issuer: (oidc === undefined ? undefined : ownString(oidc, 'issuerUri')) ?? null,
    audiences: audiences.filter((text) => typeof text === 'string'),
    awsAccount: (aws === undefined ? undefined : ownString(aws, 'accountId')) ?? null,
    mapping: new Map(mapping.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))),
    condition: condition === undefined || condition === '' ? null : condition,
    active: own(data, 'disabled') !== true && (state === undefined || state === 'ACTIVE'),
    at,
  })
}
