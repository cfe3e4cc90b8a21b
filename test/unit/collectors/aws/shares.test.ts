import { afterAll, beforeAll, expect, test } from 'vitest'
import { awsAnalyzer } from '../../../../analyzer/aws/analyzer.ts'
import { CALLS } from '../../../../collectors/aws/calls/table.ts'
import { Clients } from '../../../../collectors/aws/clients.ts'
import { documents } from '../../../../collectors/aws/documents.ts'
import { Walk } from '../../../../collectors/aws/walk.ts'
import { Journal } from '../../../../collectors/transport/journal.ts'
import { Limits } from '../../../../collectors/transport/limits.ts'
import { Progress } from '../../../../collectors/transport/progress.ts'
import { nodeId } from '../../../../graph/index.ts'
import { errorFor, type Proxy, startProxy } from '../../../fakes/aws/proxy.ts'
import type { Answer, Seen } from '../../../fakes/aws/wire.ts'
import { caseSources } from '../../../reference/aws-cases.ts'
import { readerOf } from '../../../reference/aws-files.ts'
import { importing, temporaryFolder } from '../importing.ts'

const OWNER = '111111111111'
const OTHER = '222222222222'
const REGION = 'eu-west-1'
const SHARE = `arn:aws:ram:${REGION}:${OWNER}:resource-share/s`
const SUBNET = `arn:aws:ec2:${REGION}:${OWNER}:subnet/subnet-1`
const PERMISSION = 'arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet'

/** Resource Access Manager on its own protocol (REST with JSON); its shares come on two pages. moto has no managed permissions. */
function ram({ path, body }: Seen): Answer {
  const asked = JSON.parse(body) as Record<string, unknown>
  const json = (value: unknown): Answer => ({
    status: 200,
    type: 'application/json',
    body: JSON.stringify(value),
  })
  const isOwn = asked['resourceOwner'] !== 'OTHER-ACCOUNTS'
  const association = { resourceShareArn: SHARE, status: 'ASSOCIATED', external: true }
  switch (path) {
    case '/getresourceshares':
      if (!isOwn) return json({ resourceShares: [] })
      return asked['nextToken'] === undefined
        ? json({ resourceShares: [], nextToken: 'more' })
        : json({ resourceShares: [{ resourceShareArn: SHARE, name: 'net', status: 'ACTIVE' }] })
    case '/getresourceshareassociations': {
      const associationType = String(asked['associationType'])
      const associatedEntity = associationType === 'RESOURCE' ? SUBNET : OTHER
      return json({ resourceShareAssociations: [{ ...association, associatedEntity, associationType }] })
    }
    case '/listresources': {
      const resource = { arn: SUBNET, type: 'ec2:Subnet', resourceShareArn: SHARE, status: 'AVAILABLE' }
      return json({ resources: isOwn ? [resource] : [] })
    }
    case '/listpermissionassociations': {
      const permission = { arn: PERMISSION, permissionVersion: '4', resourceType: 'ec2:Subnet' }
      return json({ permissions: [{ ...permission, resourceShareArn: SHARE }] })
    }
    default: {
      const permission = JSON.stringify({ Effect: 'Allow', Action: ['ec2:RunInstances'] })
      const name = 'AWSRAMDefaultPermissionSubnet'
      // A version is a number in the question.
      if (asked['permissionVersion'] !== 4) return { status: 400, type: 'application/json', body: '{}' }
      return json({ permission: { arn: PERMISSION, version: '4', name, permission } })
    }
  }
}

let proxy: Proxy
beforeAll(async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) process.env[name] ??= 'test'
  proxy = await startProxy('http://127.0.0.1:9')
})
afterAll(() => {
  proxy.stop()
})

/** Collects the shares with the real client, and asks who may run machines in the subnet. */
async function collected(rule: (seen: Seen) => Answer | undefined) {
  proxy.rule = (seen) => rule(seen) ?? ram(seen)
  const clients = new Clients({ endpoint: proxy.url, attempts: 1, clock: Date.now }, new Limits(8))
  const journal = new Journal(temporaryFolder(), '2026-11-20T12:00:00Z')
  const calls = CALLS.filter(({ service }) => service.id === 'ram')
  const walk = new Walk(calls, clients, journal, new Progress(() => 1, undefined))
  await walk.through(['region'], { account: OWNER, region: REGION }, [REGION])
  const files = [...documents(journal, [])]
  journal.close()
  const { gaps } = await importing(files)
  const lets = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' }
  const people = caseSources({
    organization: null,
    accounts: { [OWNER]: {}, [OTHER]: { users: { eve: { policies: [lets] } } } },
  })
  const told = files.map(({ origin, bytes }) => ({
    kind: origin.endsWith('coverage.jsonl') ? ('aws.coverage' as const) : ('aws.answers' as const),
    format: 'jsonl' as const,
    bytes,
  }))
  const loaded = await awsAnalyzer.load(readerOf([...people, ...told]))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  const eve = nodeId('aws', `arn:aws:iam::${OTHER}:user/eve`)
  return { gaps, can: (on: string) => engine.can(eve, 'ec2:RunInstances', on) }
}

test('what the calls tell of a share decides, page by page and in the version that it uses', async () => {
  const { gaps, can } = await collected(() => undefined)
  const answer = can(SUBNET)
  expect(answer.decision).toBe('allowed')
  expect(answer.because.map(({ says }) => says)).toContain(
    `permission AWSRAMDefaultPermissionSubnet of share net (${SHARE}) allows ec2:RunInstances`,
  )
  expect(can(`${SUBNET}2`).decision).toBe('denied')
  expect(gaps.filter(({ what }) => what === 'resource-shares')).toEqual([])
})

test.each([
  ['getpermission', 'unknown', 'denied'],
  ['listpermissionassociations', 'unknown', 'denied'],
  ['getresourceshareassociations', 'unknown', 'denied'],
  ['getresourceshares', 'unknown', 'unknown'],
  ['', 'unknown', 'unknown'],
])('a refused call of %s is a gap and makes what it touches unknown', async (refused, shared, other) => {
  const { gaps, can } = await collected((seen) =>
    seen.path.startsWith(`/${refused}`) ? errorFor(seen, 403, 'AccessDeniedException') : undefined,
  )
  expect(can(SUBNET).decision).toBe(shared)
  expect(can(`${SUBNET}2`).decision).toBe(other)
  expect(gaps.map(({ what }) => what)).toContain('resource-shares')
})
