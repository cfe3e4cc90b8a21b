import type { Technique } from '../technique.ts'

export const invokeCodeInterpreter: Technique = {
  id: 'invoke-code-interpreter',
  pathfinding: 'bedrock-002',
  label: 'run code in interpreter',
  says: 'may run code in a code interpreter that runs as {whom}',
  whom: { kind: 'host', type: 'bedrock-agentcore:code-interpreter-custom' },
  effect: 'become',
  needs: [
    { action: 'bedrock-agentcore:StartCodeInterpreterSession', on: 'resource' },
    { action: 'bedrock-agentcore:InvokeCodeInterpreter', on: 'resource' },
  ],
  state: ['running'],
  remedy:
    'let bedrock-agentcore:InvokeCodeInterpreter and bedrock-agentcore:StartCodeInterpreterSession name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html',
}
