import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject } from '../../../graph/index.ts'

/** Something that runs code, and the role it runs with. */
export interface Running {
  readonly arn: string
  readonly role: string
}

type Reader = (asked: { readonly response: JsonObject | undefined }) => Iterable<Running>

/** Each of a listing, or the one that is described; `role` is the path to its role. */
function each(list: string | undefined, arn: string, ...roles: readonly string[]): Reader {
  return function* ({ response }) {
    if (response === undefined) return
    for (const item of list === undefined ? [response] : ownList(response, list)) {
      const named = textAt(item, arn)
      if (named === undefined) continue
      for (const path of roles) {
        const role = textAt(item, path)
        if (role !== undefined) yield { arn: named, role }
      }
    }
  }
}

function textAt(value: Json, path: string): string | undefined {
  let found: Json | undefined = value
  for (const step of path.split('/')) found = isObject(found) ? own(found, step) : undefined
  return typeof found === 'string' ? found : undefined
}

function one(member: string, arn: string, ...roles: readonly string[]): Reader {
  return ({ response }) => {
    const inner = response === undefined ? undefined : ownObject(response, member)
    return each(undefined, arn, ...roles)({ response: inner })
  }
}

/**
 * Which answers tell what runs with which role, by call. Machines name an instance profile rather than a role and are not
 * among them.
 */
export const ROLES: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['lambda:ListFunctions', each('Functions', 'FunctionArn', 'Role')],
  ['ecs:DescribeTaskDefinition', one('taskDefinition', 'taskDefinitionArn', 'taskRoleArn')],
  ['codebuild:BatchGetProjects', each('projects', 'arn', 'serviceRole')],
  ['sagemaker:DescribeNotebookInstance', each(undefined, 'NotebookInstanceArn', 'RoleArn')],
  ['sagemaker:DescribeModel', each(undefined, 'ModelArn', 'ExecutionRoleArn')],
  ['sagemaker:DescribeDomain', each(undefined, 'DomainArn', 'DefaultUserSettings/ExecutionRole')],
  ['cloudformation:DescribeStacks', each('Stacks', 'StackId', 'RoleARN')],
  ['apprunner:DescribeService', one('Service', 'ServiceArn', 'InstanceConfiguration/InstanceRoleArn')],
  ['eks:DescribePodIdentityAssociation', one('association', 'associationArn', 'roleArn')],
  ['eks:DescribeNodegroup', one('nodegroup', 'nodegroupArn', 'nodeRole')],
  ['bedrock-agentcore-control:GetAgentRuntime', each(undefined, 'agentRuntimeArn', 'roleArn')],
  ['bedrock-agentcore-control:GetCodeInterpreter', each(undefined, 'codeInterpreterArn', 'executionRoleArn')],
])
