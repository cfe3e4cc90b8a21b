import type { Technique } from '../technique.ts'

export const runbookSourceControl: Technique = {
  id: 'runbook-source-control',
  label: 'replaces its runbooks',
  says: 'replaces runbooks that run as {whom} by those of a repository of its own',
  whom: { kind: 'host', types: ['Microsoft.Automation/automationAccounts'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Automation/automationAccounts/sourceControls/write', on: 'resource' }]],
  assumes: 'something starts a runbook that the repository replaces',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/automation/source-control-integration',
}
