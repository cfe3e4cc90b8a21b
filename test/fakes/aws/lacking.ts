import type { Answer, Seen } from './wire.ts'

const json = (body: unknown, status = 200): Answer => ({
  status,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify(body),
})
const xml = (operation: string, result: string): Answer => ({
  status: 200,
  type: 'text/xml',
  body: `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
})

export const REGIONS = ['eu-central-1', 'us-east-1']

/** What moto does not have, on the protocols of the services themselves, and the regions that are enabled: two. */
export function lackingAnswer(seen: Seen): Answer | undefined {
  const { service, operation, path, body } = seen
  if (operation === 'DescribeRegions') {
    const items = REGIONS.map((name) => `<item><regionName>${name}</regionName></item>`).join('')
    return {
      status: 200,
      type: 'text/xml',
      body: `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo>${items}</regionInfo></DescribeRegionsResponse>`,
    }
  }
  switch (operation) {
    case 'GenerateServiceLastAccessedDetails':
      return xml(operation, `<JobId>${Buffer.from(argument(body, 'Arn')).toString('hex')}</JobId>`)
    case 'GetServiceLastAccessedDetails':
      return xml(operation, lastAccessed(argument(body, 'JobId')))
    case 'DescribeResourcePolicy':
      return service === 'organizations'
        ? json({ __type: 'ResourcePolicyNotFoundException' }, 400)
        : undefined
    case 'GetPermissionsBoundaryForPermissionSet':
      return json({ __type: 'ResourceNotFoundException' }, 400)
    case 'DescribeInstanceInformation':
      return json({ InstanceInformationList: [] })
    case 'ListServices':
      return service === 'apprunner' ? json({ ServiceSummaryList: [] }) : undefined
    default:
  }
  if (service === 'bedrock-agentcore') return json(agents(path))
  if (service === 'ram') return json({ resourceShares: [], resourceShareAssociations: [], resources: [] })
  if (service === 'lambda' && path.includes('/urls')) return json({ FunctionUrlConfigs: [] })
  if (service === 'eks') return seen.region === 'us-east-1' ? cluster(path) : json({ clusters: [] })
  return undefined
}

function argument(body: string, name: string): string {
  return new URLSearchParams(body).get(name) ?? ''
}

/** The job is named by the ARN in hexadecimal digits; each service differs in nothing but that. */
function lastAccessed(job: string): string {
  const arn = Buffer.from(job, 'hex').toString()
  return [
    '<JobStatus>COMPLETED</JobStatus><JobType>ACTION_LEVEL</JobType>',
    `<JobCreationDate>${new Date().toISOString()}</JobCreationDate>`,
    `<JobCompletionDate>${new Date().toISOString()}</JobCompletionDate>`,
    '<ServicesLastAccessed><member><ServiceName>Amazon S3</ServiceName><ServiceNamespace>s3</ServiceNamespace>',
    `<LastAuthenticatedEntity>${arn}</LastAuthenticatedEntity>`,
    '<LastAuthenticated>2026-11-01T00:00:00Z</LastAuthenticated></member></ServicesLastAccessed>',
    '<IsTruncated>false</IsTruncated>',
  ].join('')
}

const RUNTIME = 'arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/helper-1'

function agents(path: string): unknown {
  if (/^\/runtimes\/?(?:\?.*)?$/.test(path)) {
    return {
      agentRuntimes: [{ agentRuntimeArn: RUNTIME, agentRuntimeId: 'helper-1', agentRuntimeVersion: '1' }],
    }
  }
  if (path.startsWith('/runtimes/')) {
    return {
      agentRuntimeArn: RUNTIME,
      agentRuntimeId: 'helper-1',
      roleArn: 'arn:aws:iam::123456789012:role/agent',
      environmentVariables: { TOKEN: 'fake-agent-secret' },
    }
  }
  return {}
}

/** One cluster with one access entry and one pod identity, in the management account of the tests. */
function cluster(path: string): Answer {
  const [where = ''] = path.split('?')
  const entry = 'arn:aws:iam::123456789012:role/deployer'
  const association = { clusterName: 'apps', associationId: 'a-1' }
  const known: readonly (readonly [RegExp, unknown])[] = [
    [/^\/clusters\/?$/, { clusters: ['apps'] }],
    [
      /^\/clusters\/apps$/,
      { cluster: { name: 'apps', arn: 'arn:aws:eks:us-east-1:123456789012:cluster/apps' } },
    ],
    [/\/access-entries$/, { accessEntries: [entry] }],
    [/\/access-policies$/, { clusterName: 'apps', principalArn: entry, associatedAccessPolicies: [] }],
    [/\/access-entries\/[^/]+$/, { accessEntry: { principalArn: entry, kubernetesGroups: ['masters'] } }],
    [/\/pod-identity-associations$/, { associations: [association] }],
    [/\/pod-identity-associations\/a-1$/, { association: { ...association, roleArn: entry } }],
    [/\/node-groups$/, { nodegroups: [] }],
    [/\/fargate-profiles$/, { fargateProfileNames: [] }],
  ]
  const found = known.find(([form]) => form.test(where))
  return found === undefined ? json({ __type: 'ResourceNotFoundException' }, 404) : json(found[1])
}
