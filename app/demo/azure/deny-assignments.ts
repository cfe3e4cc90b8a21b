import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { uuid } from '../identifiers.ts'
import { DIRECTORY_APPLICATIONS } from './applications.ts'
import { subscriptionScope } from './subscriptions.ts'

/** `az rest --url …/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01` of one subscription. */
export function denyAssignmentsFile(): DemoFile {
  const scope = `${subscriptionScope('erp-prod')}/resourceGroups/rg-erp-prod`
  const name = uuid('azure/deny/erp-stack')
  const terraform = DIRECTORY_APPLICATIONS.filter((each) => each.name === 'terraform-azure')
  return json('azure/deny-assignments-erp-prod.json', {
    value: [
      {
        id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${name}`,
        name,
        properties: {
          denyAssignmentName: "Deny assignment created by Deployment Stack 'erp'",
          description: 'Only the stack changes what it deployed',
          doNotApplyToChildScopes: false,
          excludePrincipals: terraform.map((each) => ({
            id: each.servicePrincipalId,
            type: 'ServicePrincipal',
          })),
          isSystemProtected: true,
          permissions: [
            {
              actions: ['*/delete', '*/write'],
              dataActions: [],
              notActions: ['Microsoft.Support/*'],
              notDataActions: [],
            },
          ],
          principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
          scope,
        },
        type: 'Microsoft.Authorization/denyAssignments',
      },
    ],
  })
}
