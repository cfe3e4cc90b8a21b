import { expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { jsonSource, readerOf } from '../../reference/aws-files.ts'

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1'
const ROLE =
  'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'
const details = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    {
      RoleName: 'AWSReservedSSO_Admin_0123456789abcdef',
      RoleId: 'AROA1',
      Arn: ROLE,
      Path: '/aws-reserved/sso.amazonaws.com/',
      AssumeRolePolicyDocument: {},
    },
  ],
  Policies: [],
}
const assigned = (account: string, set = SET) => ({
  AccountId: account,
  PermissionSetArn: set,
  PrincipalType: 'USER',
  PrincipalId: 'u-1',
})

it('assignments lead to the role of the permission set; those whose role is not there are counted', async () => {
  const sources = [
    jsonSource('aws.account-authorization-details', details),
    jsonSource('aws.permission-set', { PermissionSet: { PermissionSetArn: SET, Name: 'Admin' } }),
    jsonSource('aws.account-assignments', [
      assigned('111111111111'),
      assigned('222222222222'),
      assigned('111111111111', 'arn:aws:sso:::permissionSet/ssoins-1/ps-2'),
    ]),
  ]
  const loaded = await awsAnalyzer.load(readerOf(sources))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  expect(loaded.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    `aws:identity-center/user/u-1 aws:${ROLE}`,
  ])
  expect(engine.notEvaluated).toContainEqual({
    cloud: 'aws',
    construct: 'permission-set-assignment',
    title: 'assignments of permission sets whose role was not imported',
    count: 2,
  })
})
