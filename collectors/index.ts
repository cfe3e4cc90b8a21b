export { importFiles, importPaths } from './offline/import.ts'
export { DEFAULT_LIMITS, type ImportLimits } from './offline/limits.ts'
export type { Entry, Ignored } from './offline/open/entry.ts'
export type { ImportOptions, ImportProgress, ImportReport, TakenFile } from './offline/report.ts'
