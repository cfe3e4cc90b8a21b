import type { Technique } from '../technique.ts'

export const attachToAutomation: Technique = {
  id: 'attach-to-automation',
  label: 'runs a runbook as it',
  says: 'runs a runbook as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.Automation/automationAccounts' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Automation/automationAccounts/write', on: 'place' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/content/write', on: 'place' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/publish/action', on: 'place' },
      { permission: 'Microsoft.Automation/automationAccounts/jobs/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
    [
      { permission: 'Microsoft.Automation/automationAccounts/write', on: 'place' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/content/write', on: 'place' },
      { permission: 'Microsoft.Automation/automationAccounts/runbooks/draft/testJob/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/automation/add-user-assigned-identity',
}
