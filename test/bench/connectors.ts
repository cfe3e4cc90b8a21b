import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { parseArgs } from 'node:util'
import { awsConnectors } from '../../broker/connectors/aws/connectors.ts'
import type { GrantTerms, Outcome } from '../../broker/grants/connector.ts'
import { HOW_TO_GET_MOTO, hasMoto, startMoto } from '../fakes/aws/moto.ts'
import { startProxy } from '../fakes/aws/proxy.ts'
import { quantile } from './device-messages.ts'

/**
 * `npm run bench:connectors -- [--grants 50]`
 * For each connector of AWS: how long issue, observe and revoke take and how many calls to the cloud each makes, with the real
 * clients before moto on this machine. What AWS itself takes comes on top, call by call.
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
    id: 'logs',
    instance,
    permissionSet: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
    account: '111122223333',
    users: new Map([[PERSON, 'u-ana']]),
  }
  const connectors = awsConnectors({
    ...at,
    roles: [{ id: 'audit', role: ROLE }],
    assignments: [assignment],
    now: Date.now,
  })
  console.log(
    `${'connector'.padEnd(16)}${'act'.padEnd(10)}${'p50 ms'.padStart(8)}${'p95 ms'.padStart(8)}${'calls'.padStart(7)}`,
  )
  for (const connector of connectors) {
    const took = new Map<string, number[]>()
    const calls = new Map<string, number>()
    const timed = async <T>(act: string, work: () => Promise<T>): Promise<T> => {
      const [began, seen] = [performance.now(), proxy.seen.length]
      const result = await work()
      took.set(act, [...(took.get(act) ?? []), performance.now() - began])
      calls.set(act, (calls.get(act) ?? 0) + proxy.seen.length - seen)
      return result
    }
    const done = ({ kind, ...rest }: Outcome) => {
      if (kind !== 'done') throw new TypeError(`${connector.name}: ${kind} ${JSON.stringify(rest)}`)
    }
    const many = Number(values.grants)
    for (let n = 0; n < many; n++) {
      const entitlement = connector.name === 'aws-role' ? 'audit' : 'logs'
      const [startsAt, deadline] = [Date.now(), Date.now() + 1_000]
      const terms: GrantTerms = { grant: `bench-${n}`, person: PERSON, entitlement, startsAt, deadline }
      const { plan, recipe } = await connector.plan(terms)
      done(await timed('issue', () => connector.issue(plan, terms, `${terms.grant}:0`, signal)))
      await timed('observe', () => connector.observe(recipe, signal))
      done(await timed('revoke', () => connector.revoke(recipe, signal)))
    }
    for (const [act, times] of took) {
      const cells = [quantile(times, 0.5), quantile(times, 0.95), (calls.get(act) ?? 0) / many]
      const text = cells.map((cell, i) => cell.toFixed(1).padStart(i === 2 ? 7 : 8)).join('')
      console.log(`${connector.name.padEnd(16)}${act.padEnd(10)}${text}`)
    }
  }
} finally {
  proxy.stop()
  moto.stop()
}
