import { callNamed } from '../../../azure/calls/table.ts'
import { crawledCoverage } from '../../crawled-coverage.ts'

/** What the live collector asked of Azure and Microsoft Graph. */
export const coverageManifest = crawledCoverage({
  kind: 'azure.coverage',
  cloud: 'azure',
  title: 'Azure',
  callNamed,
  denied:
    /^(?:AuthorizationFailed|Authorization_RequestDenied|Forbidden|AccessDenied|HTTP_403|UnauthorizedAccess.*|PermissionScopeNotGranted)$/,
  remedy: (permissions, about) =>
    permissions.some((permission) => permission.includes('/'))
      ? `grant the collector ${permissions.join(' and ')} on ${about === '*' ? 'the root management group' : about} (deploy/azure/gomeisa-read-only.json), then collect again`
      : `grant the collector ${permissions.join(' and ')} of Microsoft Graph (deploy/azure/gomeisa-graph-permissions.txt), then collect again`,
  left: new Map([
    ['eligibilities', { gap: 'role-eligibilities', lost: 'who may activate which role is not known' }],
    ['group-members', { gap: 'group-members', lost: 'who is in which group is not known' }],
  ]),
})
