import { callNamed } from '../../../gcp/calls/table.ts'
import { crawledCoverage } from '../../crawled-coverage.ts'

/** What the live collector asked of Google Cloud. */
export const coverageManifest = crawledCoverage({
  kind: 'gcp.coverage',
  cloud: 'gcp',
  title: 'Google Cloud',
  callNamed,
  denied: /^(?:PERMISSION_DENIED|FORBIDDEN)$/,
  remedy: (permissions, about) =>
    permissions.length === 0
      ? `give the collector the administrator role Groups Reader in the directory of ${about}, then collect again`
      : `grant the collector ${permissions.join(' and ')} (deploy/gcp/gomeisa-read-only.yaml), then collect again`,
  remedies: new Map([
    [
      'INVALID_ARGUMENT',
      'Google does not list this kind there, or the mark of a page was too old: collect again with --fresh',
    ],
    [
      'SERVICE_DISABLED',
      'enable the API in the project that the quota is counted for (docs/collect.md), then collect again',
    ],
  ]),
  left: new Map([
    ['deny-policies', { gap: 'deny-policies', lost: 'what seems allowed may be denied by a deny policy' }],
    ['entitlements', { gap: 'entitlements', lost: 'who may have which role on request is not known' }],
    ['groups', { gap: 'group-memberships', lost: 'who is in which group is not known' }],
  ]),
})
