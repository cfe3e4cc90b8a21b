import type { Technique } from '../technique.ts'

export const scheduleRunbook: Technique = {
  id: 'schedule-runbook',
  label: 'starts a runbook as it',
  says: 'starts existing runbooks as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Automation/automationAccounts'] },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Automation/automationAccounts/schedules/write', on: 'resource' },
      { permission: 'Microsoft.Automation/automationAccounts/jobSchedules/write', on: 'resource' },
    ],
  ],
  assumes: 'an existing runbook does what its parameters say',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/automation/shared-resources/schedules',
}
