import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { randomUUID } from 'node:crypto'
import { afterAll, vi } from 'vitest'
import { awsConnectors, type AwsOptions } from '../../../broker/connectors/aws/connectors.ts'
import type { Connector } from '../../../broker/grants/connector.ts'
import { Grants } from '../../../broker/grants/grants.ts'
import { openGrantLedger } from '../../../broker/ledger/embedded-grant-ledger.ts'
import { startMoto } from '../../fakes/aws/moto.ts'
import { startProxy } from '../../fakes/aws/proxy.ts'
import { ACCESS } from '../../e2e/aws/through.ts'
import { VirtualClock } from '../../fakes/grants/clock.ts'
import { ledgerFile, signer } from '../grants-world.ts'

export const ROLE = 'arn:aws:iam::123456789012:role/team/auditor'
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1111222233334444'
export const ASSIGNMENT = {
  id: 'logs',
  instance: INSTANCE,
  permissionSet: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
  account: '111122223333',
  users: new Map([['ana@example.com', 'u-ana']]),
}

/** A broker's grants over real clients, before moto: STS, IAM and Identity Center, on a clock that the test moves. */
export async function stage(options: Partial<AwsOptions> = {}) {
  for (const [name, value] of Object.entries(ACCESS)) vi.stubEnv(name, value)
  const moto = await startMoto()
  const proxy = await startProxy(moto.url)
  const at = { region: 'us-east-1', endpoint: proxy.url }
  const iam = new IAMClient(at)
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}'
  await iam.send(new CreateRoleCommand({ RoleName: 'auditor', Path: '/team/', AssumeRolePolicyDocument }))
  // Moto's sessions end by its own clock.
  const clock = new VirtualClock(Date.now())
  const roles = [{ id: 'audit', role: ROLE, externalId: 'tenant-7' }]
  const now = () => clock.now()
  const connectors = awsConnectors({ ...at, roles, assignments: [ASSIGNMENT], now, ...options })
  const ledger = openGrantLedger(ledgerFile(), signer)
  const grants = new Grants({
    ledger,
    connectors,
    decide: () => Promise.resolve({ allow: true }),
    clock,
    mayForceClose: () => Promise.resolve(false),
    random: () => 0.5,
    newId: randomUUID,
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    proxy.stop()
    moto.stop()
  })
  const give = (connector: string, entitlement: string, minutes = 60, person = 'ana@example.com') => {
    const deadline = clock.now() + minutes * 60_000
    return grants.intend({ person, entitlement, connector, reason: 'test', by: person, deadline })
  }
  return { ...at, moto, proxy, iam, clock, grants, ledger, connectors, give }
}
export type Stage = Awaited<ReturnType<typeof stage>>

export const named = (all: readonly Connector[], name: string): Connector =>
  all.find((each) => each.name === name)!

/** The parameters of the calls of one operation, as they went over the wire. */
export function asked(s: Stage, operation: string): URLSearchParams[] {
  return s.proxy.seen
    .filter((each) => each.operation === operation)
    .map(({ body }) => new URLSearchParams(body))
}

/** Whose credentials these are, by STS. */
export async function whoHas(endpoint: string, secret: Record<string, unknown>): Promise<string> {
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    (name) => String(secret[name]),
  )
  const credentials = {
    accessKeyId: accessKeyId!,
    secretAccessKey: secretAccessKey!,
    sessionToken: sessionToken!,
  }
  const sts = new STSClient({ region: 'us-east-1', endpoint, credentials })
  return (await sts.send(new GetCallerIdentityCommand())).Arn ?? ''
}
