import type { Technique } from '../technique.ts'

export const trustOwnIssuer: Technique = {
  id: 'trust-own-issuer',
  label: 'trusts its own tokens',
  says: 'lets a pool accept tokens of its own that name {whom}',
  whom: { kind: 'pool' },
  effect: 'become',
  ways: [
    [{ permission: 'iam.workloadIdentityPoolProviders.create', on: 'project' }],
    [{ permission: 'iam.workloadIdentityPoolProviders.update', on: 'project' }],
    [{ permission: 'iam.workloadIdentityPoolProviders.undelete', on: 'project' }],
    [{ permission: 'iam.workloadIdentityPools.update', on: 'project' }],
    [{ permission: 'iam.workloadIdentityPools.undelete', on: 'project' }],
  ],
  remedy: 'keep pools in a project of their own, which few administer',
  source: 'https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers',
}
