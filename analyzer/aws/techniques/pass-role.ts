/**
 * Handing a role to a compute service and running code there as the role: `iam:PassRole` on the role, every action of
 * `needs` on some resource of the account, and a role that trusts the service.
 * Facts: pathfinding.cloud (Apache-2.0), the paths named; `iam:PassedToService` values: the service principals.
 */
export interface PassRole {
  readonly rule: string
  readonly label: string
  readonly service: string
  /** Action and resource pattern in the account; `{account}` stands for its id. */
  readonly needs: readonly (readonly [action: string, resource: string])[]
  /** A prerequisite that exports do not show, in words. */
  readonly assumes?: string
  /** The role must be in an instance profile. */
  readonly profile?: boolean
}

const anything = (action: string): readonly [string, string] => [action, '*']

export const PASS_ROLE: readonly PassRole[] = [
  {
    // lambda-001
    rule: 'pass-role.lambda',
    label: 'pass role to Lambda',
    service: 'lambda.amazonaws.com',
    needs: [
      ['lambda:CreateFunction', 'arn:aws:lambda:*:{account}:function:*'],
      ['lambda:InvokeFunction', 'arn:aws:lambda:*:{account}:function:*'],
    ],
  },
  {
    // lambda-002
    rule: 'pass-role.lambda-event-source',
    label: 'pass role to Lambda',
    service: 'lambda.amazonaws.com',
    needs: [
      ['lambda:CreateFunction', 'arn:aws:lambda:*:{account}:function:*'],
      anything('lambda:CreateEventSourceMapping'),
    ],
    assumes: 'a stream or queue exists that can trigger it',
  },
  {
    // ec2-001
    rule: 'pass-role.ec2',
    label: 'pass role to EC2',
    service: 'ec2.amazonaws.com',
    needs: [['ec2:RunInstances', 'arn:aws:ec2:*:{account}:instance/*']],
    profile: true,
  },
  {
    // ecs-004
    rule: 'pass-role.ecs',
    label: 'pass role to ECS',
    service: 'ecs-tasks.amazonaws.com',
    needs: [
      anything('ecs:RegisterTaskDefinition'),
      ['ecs:RunTask', 'arn:aws:ecs:*:{account}:task-definition/*'],
    ],
    assumes: 'an ECS cluster exists',
  },
  {
    // glue-001
    rule: 'pass-role.glue-endpoint',
    label: 'pass role to Glue',
    service: 'glue.amazonaws.com',
    needs: [['glue:CreateDevEndpoint', 'arn:aws:glue:*:{account}:devEndpoint/*']],
  },
  {
    // glue-003
    rule: 'pass-role.glue-job',
    label: 'pass role to Glue',
    service: 'glue.amazonaws.com',
    needs: [
      ['glue:CreateJob', 'arn:aws:glue:*:{account}:job/*'],
      ['glue:StartJobRun', 'arn:aws:glue:*:{account}:job/*'],
    ],
  },
  {
    // cloudformation-001
    rule: 'pass-role.cloudformation',
    label: 'pass role to CloudFormation',
    service: 'cloudformation.amazonaws.com',
    needs: [['cloudformation:CreateStack', 'arn:aws:cloudformation:*:{account}:stack/*']],
  },
  {
    // codebuild-001
    rule: 'pass-role.codebuild',
    label: 'pass role to CodeBuild',
    service: 'codebuild.amazonaws.com',
    needs: [
      ['codebuild:CreateProject', 'arn:aws:codebuild:*:{account}:project/*'],
      ['codebuild:StartBuild', 'arn:aws:codebuild:*:{account}:project/*'],
    ],
  },
  {
    // sagemaker-001
    rule: 'pass-role.sagemaker-notebook',
    label: 'pass role to SageMaker',
    service: 'sagemaker.amazonaws.com',
    needs: [
      ['sagemaker:CreateNotebookInstance', 'arn:aws:sagemaker:*:{account}:notebook-instance/*'],
      ['sagemaker:CreatePresignedNotebookInstanceUrl', 'arn:aws:sagemaker:*:{account}:notebook-instance/*'],
    ],
  },
]
