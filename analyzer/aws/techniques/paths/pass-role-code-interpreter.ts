import type { Technique } from '../technique.ts'

export const passRoleCodeInterpreter: Technique = {
  id: 'pass-role.code-interpreter',
  pathfinding: 'bedrock-001',
  label: 'pass role to AgentCore',
  says: 'may run code in a new code interpreter as {whom}',
  whom: { kind: 'passed-role', services: ['bedrock-agentcore.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'bedrock-agentcore:CreateCodeInterpreter', on: '*' },
    {
      action: 'bedrock-agentcore:StartCodeInterpreterSession',
      on: { any: 'arn:aws:bedrock-agentcore:*:{account}:code-interpreter-custom/*' },
    },
    {
      action: 'bedrock-agentcore:InvokeCodeInterpreter',
      on: { any: 'arn:aws:bedrock-agentcore:*:{account}:code-interpreter-custom/*' },
    },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html',
}
