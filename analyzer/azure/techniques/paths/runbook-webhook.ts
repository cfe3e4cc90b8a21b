import type { Technique } from '../technique.ts'

export const runbookWebhook: Technique = {
  id: 'runbook-webhook',
  label: 'starts a runbook as it',
  says: 'starts existing runbooks as {whom}, by a webhook',
  whom: { kind: 'host', types: ['Microsoft.Automation/automationAccounts'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Automation/automationAccounts/webhooks/write', on: 'resource' }]],
  assumes: 'an existing runbook does what its parameters say',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/automation/automation-webhooks',
}
