import type { Technique } from '../technique.ts'

export const runRunbook: Technique = {
  id: 'run-runbook',
  label: 'runs a runbook as it',
  says: 'runs a runbook of its own as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Automation/automationAccounts'] },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/content/write', on: 'resource' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/publish/action', on: 'resource' },
      { permission: 'Microsoft.Automation/automationAccounts/jobs/write', on: 'resource' },
    ],
    [
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/content/write', on: 'resource' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/testJob/write', on: 'resource' },
    ],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/automation/automation-role-based-access-control',
}
