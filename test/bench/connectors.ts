import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { parseArgs } from 'node:util'
import { awsConnectors } from '../../broker/connectors/aws/connectors.ts'
import type { GrantTerms, Outcome } from '../../broker/grants/connector.ts'
import { HOW_TO_GET_MOTO, hasMoto, startMoto } from '../fakes/aws/moto.ts'
import { startProxy } from '../fakes/aws/proxy.ts'
import { azureStand, gcpStand, type Stand } from './connector-stands.ts'
import { quantile } from './device-messages.ts'

/**
 * `npm run bench:connectors -- [--grants 50]`
 * For each connector: how long issue, observe and revoke take and how many calls to the cloud each makes, with the real clients, for
 * AWS before moto, for the others before the fakes of the tests, on this machine. What the cloud itself takes comes on top, call by call.
 */
const { values } = parseArgs({ options: { grants: { type: 'string', default: '50' } } })
const ROLE = 'arn:aws:iam::123456789012:role/auditor'
const PERSON = 'ana@example.com'
const signal = new AbortController().signal

if (!hasMoto()) throw new TypeError(HOW_TO_GET_MOTO)
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' })
const moto = await startMoto()
const proxy = await startProxy(moto.url)
try {
  const at = { region: 'us-east-1', endpoint: proxy.url }
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}'
  await new IAMClient(at).send(new CreateRoleCommand({ RoleName: 'auditor', AssumeRolePolicyDocument }))
  const instance = 'arn:aws:sso:::instance/ssoins-1111222233334444'
  const assignment = {
    id: 'aws-assignment',
    instance,
    permissionSet: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
    account: '111122223333',
    users: new Map([[PERSON, 'u-ana']]),
  }
  const connectors = awsConnectors({
    ...at,
    roles: [{ id: 'aws-role', role: ROLE }],
    assignments: [assignment],
    now: Date.now,
  })
  console.log(
    `${'connector'.padEnd(20)}${'act'.padEnd(10)}${'p50 ms'.padStart(8)}${'p95 ms'.padStart(8)}${'calls'.padStart(7)}`,
  )
  const stop = () => undefined
  const aws = { connectors, calls: () => proxy.seen.length, now: Date.now, pass: stop, stop }
  await measure(aws, 1_000)
  for (const open of [gcpStand, azureStand]) {
    const stand = await open(PERSON)
    await measure(stand, 3_600_000).finally(stand.stop)
  }
} finally {
  proxy.stop()
  moto.stop()
}

async function measure(stand: Stand, lasts: number): Promise<void> {
  for (const connector of stand.connectors) {
    const took = new Map<string, number[]>()
    const calls = new Map<string, number>()
    const timed = async <T>(act: string, work: () => Promise<T>): Promise<T> => {
      const [began, seen] = [performance.now(), stand.calls()]
      const result = await work()
      took.set(act, [...(took.get(act) ?? []), performance.now() - began])
      calls.set(act, (calls.get(act) ?? 0) + stand.calls() - seen)
      return result
    }
    const done = ({ kind, ...rest }: Outcome) => {
      if (kind !== 'done') throw new TypeError(`${connector.name}: ${kind} ${JSON.stringify(rest)}`)
    }
    const many = Number(values.grants)
    for (let n = 0; n < many; n++) {
      const entitlement = connector.name
      const [startsAt, deadline] = [stand.now(), stand.now() + lasts]
      const terms: GrantTerms = { grant: `bench-${n}`, person: PERSON, entitlement, startsAt, deadline }
      const { plan, recipe } = await connector.plan(terms)
      done(await timed('issue', () => connector.issue(plan, terms, `${terms.grant}:0`, signal)))
      await timed('observe', () => connector.observe(recipe, signal))
      // PIM removes nothing in the first five minutes.
      stand.pass(360_000)
      done(await timed('revoke', () => connector.revoke(recipe, signal)))
    }
    for (const [act, times] of took) {
      const cells = [quantile(times, 0.5), quantile(times, 0.95), (calls.get(act) ?? 0) / many]
      const text = cells.map((cell, i) => cell.toFixed(1).padStart(i === 2 ? 7 : 8)).join('')
      console.log(`${connector.name.padEnd(20)}${act.padEnd(10)}${text}`)
    }
  }
}
