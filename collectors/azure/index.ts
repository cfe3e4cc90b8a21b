export { collectAzure, type CollectAzureOptions, type CollectAzureReport } from './collect.ts'
export type { LeftOut as LeftOutOfAzure } from './calls/table.ts'
export { planAzure } from './plan.ts'
export { azureGraphPermissions, azureReadOnlyRole } from './read-only-role.ts'
