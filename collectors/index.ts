export { importFiles, importPaths } from './offline/import.ts'
export { DEFAULT_LIMITS, type ImportLimits } from './offline/limits.ts'
export type { Entry, Ignored } from './offline/open/entry.ts'
export type { ImportOptions, ImportProgress, ImportReport, TakenFile } from './offline/report.ts'
export type { CollectOptions } from './transport/collection.ts'
export type { PlannedPageCall } from './transport/planned.ts'
export type { CollectProgress } from './transport/progress.ts'
export type * from './aws/index.ts'
export type * from './azure/index.ts'
export type * from './gcp/index.ts'

/** The live collectors. Each is loaded when it is asked for: an import needs none of them. */
export const live = {
  aws: () => import('./aws/index.ts'),
  azure: () => import('./azure/index.ts'),
  gcp: () => import('./gcp/index.ts'),
} as const
