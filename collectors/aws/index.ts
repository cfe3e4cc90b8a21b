export { collectAws, type CollectAwsOptions, type CollectReport } from './collect.ts'
export { planAws, type PlannedCall } from './plan.ts'
export { readOnlyPolicy, roleTemplate } from './read-only-policy.ts'
