import type { JsonObject } from '../../graph/index.ts'
import { allActions, CALLS } from './calls/table.ts'
import type { Call } from './calls/call.ts'

/**
 * API Gateway's one action to read also reads the values of API keys, which are secrets; the list of APIs is all that is asked.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
const NARROWED: ReadonlyMap<string, string> = new Map([['apigateway:GET', 'apigateway:*::/restapis']])

/** The IAM policy that allows exactly the calls of the table, in a partition (`aws`, `aws-cn`, `aws-us-gov`). */
export function readOnlyPolicy(partition = 'aws', calls: readonly Call[] = CALLS): JsonObject {
  const actions = allActions(calls)
  const narrowed = actions.flatMap((action) => {
    const resource = NARROWED.get(action)
    return resource === undefined
      ? []
      : [{ Sid: 'Narrowed', Effect: 'Allow', Action: action, Resource: `arn:${partition}:${resource}` }]
  })
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadWhoMayDoWhat',
        Effect: 'Allow',
        Action: actions.filter((action) => !NARROWED.has(action)),
        Resource: '*',
      },
      ...narrowed,
    ],
  }
}

/** A CloudFormation template (for stack sets, too) of a role that has that policy and that one principal may take. */
export function roleTemplate(): string {
  const actions = allActions().filter((action) => !NARROWED.has(action))
  const narrowed = [...NARROWED].flatMap(([action, resource]) => [
    '              - Sid: Narrowed',
    '                Effect: Allow',
    `                Action: ${action}`,
    `                Resource: !Sub arn:\${AWS::Partition}:${resource}`,
  ])
  return [
    TEMPLATE_HEAD,
    ...actions.map((action) => `                  - ${action}`),
    "                Resource: '*'",
    ...narrowed,
    TEMPLATE_TAIL,
  ].join('\n')
}

const TEMPLATE_HEAD = `AWSTemplateFormatVersion: '2010-09-09'
Description: A role with which Gomeisa reads who may do what in this account. It can change nothing and reads no data.
Parameters:
  CollectorArn:
    Type: String
    Description: ARN of the role or user that runs gomeisa collect aws.
    AllowedPattern: ^arn:[a-z-]+:iam::[0-9]{12}:(?:role|user)/.+$
  ExternalId:
    Type: String
    Description: A value of your choice that the collector has to name (--external-id).
    AllowedPattern: ^[A-Za-z0-9+=,.@:/-]{8,200}$
    NoEcho: true
  RoleName:
    Type: String
    Description: Name of the role (--role).
    Default: GomeisaReadOnly
Resources:
  ReadOnlyRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Description: Gomeisa reads who may do what; deploy/aws of its repository.
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref CollectorArn
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
      Policies:
        - PolicyName: gomeisa-read-only
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: ReadWhoMayDoWhat
                Effect: Allow
                Action:`
const TEMPLATE_TAIL = `Outputs:
  RoleArn:
    Value: !GetAtt ReadOnlyRole.Arn
`
