export { collectGcp, type CollectGcpOptions, type CollectGcpReport } from './collect.ts'
export type { LeftOut as LeftOutOfGcp } from './calls/table.ts'
export { planGcp } from './plan.ts'
export { readOnlyRole } from './read-only-role.ts'
