import type { Technique } from '../technique.ts'

export const passRoleSsmAutomation: Technique = {
  id: 'pass-role.ssm-automation',
  label: 'pass role to automation',
  says: 'may run an automation of its own that calls any API as {whom}',
  whom: { kind: 'passed-role', services: ['ssm.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'ssm:CreateDocument', on: { any: 'arn:aws:ssm:*:{account}:document/*' } },
    { action: 'ssm:StartAutomationExecution', on: { any: 'arn:aws:ssm:*:{account}:document/*' } },
    { action: 'ssm:StartAutomationExecution', on: { any: 'arn:aws:ssm:*:{account}:automation-execution/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html',
}
