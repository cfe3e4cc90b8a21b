import type { ApiIdentity, ApiLink, ApiNodeRef, ApiPrivilege } from '../../../app/server/api.ts'
import { derived, proofs } from './evidence.ts'
import { findings } from './findings.ts'
import { nodes, scopes } from './nodes.ts'

const link = (node: ApiNodeRef, label: string, certainty: ApiLink['certainty'] = 'certain'): ApiLink => ({
  node,
  label,
  certainty,
})

const RELEASE: readonly ApiPrivilege[] = [
  {
    resources: ['*'],
    resourcesTotal: 1,
    actionCount: 3,
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    decision: 'allowed',
    conditions: [],
    because: [proofs.passRole],
  },
  {
    resources: ['arn:aws:s3:::lumen-build-logs/*', 'arn:aws:s3:::lumen-artifacts/*'],
    resourcesTotal: 9,
    actionCount: 2,
    actions: ['s3:PutObject', 's3:GetObject*'],
    decision: 'allowed-if',
    conditions: ['aws:SourceVpc is vpc-0a11', 'the request is made over TLS'],
    because: [proofs.passRole],
  },
  {
    resources: ['arn:aws:kms:eu-west-1:310987654322:key/7f0c'],
    resourcesTotal: 1,
    actionCount: 4,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    decision: 'unknown',
    conditions: ['the key policy was not exported'],
    because: [derived('gap', 'kms get-key-policy was refused', [])],
  },
]

const WHAT = new Map<string, Partial<ApiIdentity>>([
  [
    nodes.ci.id,
    {
      score: 91,
      because: ['leads to organization administrator', 'passes any role', 'open to every branch'],
      facts: [
        { label: 'Kind', value: 'Role, used by a workload', tone: 'plain' },
        { label: 'Created', value: '3 Mar 2024', tone: 'plain' },
        { label: 'Last used', value: '2 hours ago', tone: 'good' },
        { label: 'Trusts', value: 'repo:lumen/deploy:*', tone: 'bad' },
        { label: 'Permission boundary', value: 'None', tone: 'bad' },
        { label: 'Service control policies', value: 'Not exported', tone: 'unknown' },
      ],
      canBecome: [
        link(nodes.builder, 'pass role to Lambda'),
        link(nodes.orgAdmin, 'then assume role'),
        link(nodes.access, 'organization access', 'conditional'),
      ],
      becomable: [link(nodes.github, 'CI federation', 'conditional'), link(nodes.joris, 'assume role')],
      jewels: [
        { jewel: nodes.payroll, hops: 4, certainty: 'certain' },
        { jewel: nodes.cards, hops: 5, certainty: 'unknown' },
      ],
      privileges: RELEASE,
      privilegesTotal: 14,
    },
  ],
  [
    nodes.ana.id,
    {
      score: 97,
      because: ['administers 12 accounts', 'no MFA', 'reaches payroll in 2 steps'],
      facts: [
        { label: 'Kind', value: 'Person', tone: 'plain' },
        { label: 'Second factor', value: 'None', tone: 'bad' },
        { label: 'Password last used', value: 'Yesterday', tone: 'plain' },
        { label: 'Access keys', value: 'None', tone: 'good' },
      ],
      memberOf: [link(nodes.admins, 'direct')],
      canBecome: [link(nodes.access, 'organization access'), link(nodes.orgAdmin, 'assume role')],
      jewels: [
        { jewel: nodes.payroll, hops: 2, certainty: 'certain' },
        { jewel: nodes.cards, hops: 2, certainty: 'certain' },
      ],
      privileges: [
        {
          resources: ['*'],
          resourcesTotal: 1,
          actionCount: 20_412,
          actions: ['*'],
          decision: 'allowed',
          conditions: [],
          because: [proofs.administrator],
        },
      ],
      privilegesTotal: 1,
    },
  ],
])

export function identityOf(node: ApiNodeRef): ApiIdentity {
  return {
    node,
    facts: [{ label: 'Home', value: node.scope || scopes.organization.name, tone: 'plain' }],
    score: 34,
    because: [],
    person: null,
    memberOf: [],
    members: node.id === nodes.admins.id ? [link(nodes.ana, 'direct')] : [],
    canBecome: [],
    becomable: [],
    jewels: [],
    privileges: [],
    privilegesTotal: 0,
    ...WHAT.get(node.id),
    findings: findings.filter((finding) => finding.subject.id === node.id),
  }
}
