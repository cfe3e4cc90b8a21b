import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { uuid } from '../identifiers.ts'
import published from './built-in-roles.json' with { type: 'json' }
import { SUBSCRIPTIONS, subscriptionScope } from './subscriptions.ts'

/** The one role that Lumenly wrote itself. */
export const CUSTOM_ROLE = 'Lumenly Invoice Operator'

type Definition = { readonly name: string; readonly roleName: string }

function definitions(): (Definition & Readonly<Record<string, unknown>>)[] {
  const erp = subscriptionScope('erp-prod')
  return [
    ...published.roles,
    {
      assignableScopes: [erp],
      description: 'Restarts the invoicing service and reads its queue, but no invoices',
      name: uuid('azure/role/invoice-operator'),
      permissions: [
        {
          actions: [
            'Microsoft.Web/sites/read',
            'Microsoft.Web/sites/restart/action',
            'Microsoft.ServiceBus/namespaces/*/read',
          ],
          condition: null,
          conditionVersion: null,
          dataActions: [],
          notActions: ['Microsoft.ServiceBus/namespaces/authorizationRules/*'],
          notDataActions: [],
        },
      ],
      roleName: CUSTOM_ROLE,
      roleType: 'CustomRole',
      type: 'Microsoft.Authorization/roleDefinitions',
    },
  ]
}

/** The GUID of a role by its display name. */
export function roleDefinitionName(roleName: string): string {
  return found(
    definitions().find((each) => each.roleName === roleName),
    `Azure role ${roleName}`,
  ).name
}

/** `az role definition list`: the roles in use; built-in ones from iann0036/iam-dataset (MIT). */
export function roleDefinitionsFile(): DemoFile {
  const scope = `/subscriptions/${found(SUBSCRIPTIONS[0], 'first subscription').id}`
  return json(
    'azure/role-definition-list.json',
    definitions().map((each) => ({
      ...each,
      createdBy: null,
      createdOn: null,
      id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${each.name}`,
      updatedBy: null,
      updatedOn: null,
    })),
  )
}
