import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type JsonObject } from '../../../graph/index.ts'
import * as planted from '../../fakes/gcp/planted.ts'
import { gomeisa, temporaryFolder } from '../command.ts'
import { beside, finishedPages, type Held, heldIn, killedAfter } from '../live.ts'
import { type Cloud, startCloud } from './cloud.ts'

const folder = temporaryFolder()
const into = (name: string) => [
  '--data',
  `${folder}/${name}`,
  'collect',
  'gcp',
  '--json',
  '--policy-reads',
  '9000',
]
let cloud: Cloud

/** Sorted, so that two lists are equal when nothing is lost or doubled. */
function sorted(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => canonicalJson(row as JsonObject)).sort()
}

function rowsOf(held: Held, call: string, list: string): readonly JsonObject[] {
  return held.rows(call, list).map(({ row }) => row)
}

function expectEverything(held: Held): void {
  const without = (rows: readonly object[], ...names: string[]) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))))
  expect(sorted(rowsOf(held, 'asset:SearchAllIamPolicies', 'results'))).toEqual(sorted(planted.POLICIES))
  const assets = rowsOf(held, 'asset:ListAssets', 'assets')
  expect(sorted(without(assets, 'resource'))).toEqual(sorted(without(planted.ASSETS, 'resource')))
  expect(sorted(rowsOf(held, 'iam:roles.list', 'roles'))).toEqual(sorted(planted.ROLES))
  expect(sorted(held.answers('iam:policies.get'))).toEqual(sorted(planted.DENIALS))
  // Where there is no deny policy, that is said.
  expect(held.answers('iam:policies.listPolicies')).toHaveLength(
    planted.CONTAINERS.length - planted.DENIALS.length,
  )
  expect(
    sorted(rowsOf(held, 'iam:principalAccessBoundaryPolicies.list', 'principalAccessBoundaryPolicies')),
  ).toEqual(sorted(planted.BOUNDARIES))
  expect(sorted(rowsOf(held, 'iam:SearchPrincipalAccessBoundaryPolicyBindings', 'policyBindings'))).toEqual(
    sorted(planted.BINDINGS),
  )
  expect(sorted(rowsOf(held, 'privilegedaccessmanager:', 'entitlements'))).toEqual(
    sorted(planted.ENTITLEMENTS),
  )
  const members = held
    .rows('cloudidentity:groups.memberships.list', 'memberships')
    .map(({ row, asked }) => [asked['group'], row['type'], (row['preferredMemberKey'] as JsonObject)['id']])
  const all = [...planted.GROUPS].flatMap(([group, of]) => of.map(({ type, id }) => [group, type, id]))
  expect(sorted(members)).toEqual(sorted(all))
}

function decision(store: string, who: string, resource: string): string {
  const asked = gomeisa([
    '--data',
    `${folder}/${store}`,
    '--json',
    'can',
    who,
    'storage.objects.get',
    resource,
  ])
  return (JSON.parse(asked.stdout) as { readonly result: { readonly decision: string } }).result.decision
}

beforeAll(async () => {
  cloud = await startCloud(folder)
})
afterAll(() => {
  cloud.stop()
})

describe('collect gcp, 23 projects in four folders', { timeout: 120_000 }, () => {
  test('what is imported is what was planted', async () => {
    const ran = await beside(cloud.env, into('whole'))
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    const held = await heldIn(`${folder}/whole`)
    expect(held.gaps).toEqual([])
    expectEverything(held)
    expect(new Set(cloud.seen.map(({ bearer }) => bearer))).toEqual(new Set(['Bearer fake-access-token']))
    // As whom a workload runs is kept, what it has in its environment and commands never is.
    expect(held.sources.join('\n')).not.toContain(planted.SECRET)
    const [web] = rowsOf(held, 'asset:ListAssets', 'assets').filter(
      (row) => row['assetType'] === 'run.googleapis.com/Service',
    )
    expect(JSON.stringify(web)).toContain('"serviceAccountName":"run@p0.iam.gserviceaccount.com"')
  })

  test('questions are answered from it', () => {
    expect(gomeisa(['--data', `${folder}/whole`, 'analyze', '--quiet']).status).toBe(0)
    const ask = (who: string, resource: string) => decision('whole', who, resource)
    const bucket = '//storage.googleapis.com/data-1'
    expect(ask('user:reader3@example.com', bucket)).toBe('allowed')
    // In a group in the group that owns the organization.
    expect(ask('user:ben@example.com', bucket)).toBe('allowed')
    // Of p1 she may have a role when she asks for it; of p12 nothing.
    expect(ask('user:eve@example.com', bucket)).toBe('allowed-if')
    expect(ask('user:eve@example.com', '//storage.googleapis.com/data-12')).toBe('denied')
  })

  test('throttled and refused, it ends with gaps that say what is missing', async () => {
    let n = 0
    cloud.rules.refuse = ({ about, method }) => {
      // The first come too early, as does every eleventh over REST, and every thirteenth meets a server that stumbles.
      n++
      if (n <= 2 || (method === 'GET' && n % 11 === 0)) return { status: 8, wait: 0 }
      if (n % 13 === 0) return { status: 14 }
      if (about === 'cloudtasks.googleapis.com/Queue') return { status: 3 }
      if (about.includes('readers@')) return { status: 7 }
      if (about.includes('projects%2Fp4/')) return { status: 7 }
      if (about.includes('entitlements')) return { status: 7, reason: 'SERVICE_DISABLED' }
      return undefined
    }
    const ran = await beside(cloud.env, into('gaps'))
    cloud.rules.refuse = () => undefined
    expect([ran.status, ran.stderr]).toEqual([4, ''])
    const { gaps } = await heldIn(`${folder}/gaps`)
    const told = gaps.map(({ kind, scope, what }) => `${kind} ${what} ${scope}`)
    expect(told.filter((text) => !text.includes('entitlements')).sort()).toEqual([
      'refused deny-policies projects/p4',
      'refused group-memberships readers@example.com',
      'refused resources cloudtasks.googleapis.com/Queue of organizations/1',
    ])
    const entitlements = gaps.filter(({ what }) => what === 'entitlements')
    expect(entitlements.map(({ scope }) => scope).sort()).toEqual([...planted.CONTAINERS].sort())
    expect(entitlements[0]?.remedy).toContain('enable the API')
    const [deny] = gaps.filter(({ what }) => what === 'deny-policies')
    expect(deny?.consequence).toContain(
      'iam:policies.listPolicies failed with PERMISSION_DENIED for projects/p4',
    )
    expect(deny?.remedy).toContain('iam.denypolicies.list')
    // A deny policy that was refused may deny what she owns there, and nothing elsewhere.
    expect(gomeisa(['--data', `${folder}/gaps`, 'analyze', '--quiet']).status).toBe(4)
    expect(decision('gaps', 'user:ada@example.com', '//storage.googleapis.com/data-4')).toBe('unknown')
    expect(decision('gaps', 'user:ada@example.com', '//storage.googleapis.com/data-5')).toBe('allowed')
  })

  test('killed in the middle, it goes on and brings the same', async () => {
    const from = cloud.seen.length
    // Slow enough that it can be met in the middle.
    cloud.rules.delay = 15
    for (const pages of [12, 40, 25]) {
      expect(await killedAfter(cloud.env, `${folder}/killed`, into('killed'), pages)).toBe('SIGKILL')
    }
    cloud.rules.delay = 0
    const kept = finishedPages(`${folder}/killed`)
    expect(kept).toBeGreaterThanOrEqual(77)
    const left = cloud.seen.length
    const ran = await beside(cloud.env, into('killed'))
    expect(ran.status).toBe(0)
    const { result } = JSON.parse(ran.stdout) as { readonly result: { readonly resumed: number } }
    expect(result.resumed).toBe(kept)
    const [killed, whole] = [await heldIn(`${folder}/killed`), await heldIn(`${folder}/whole`)]
    expect(killed.sources).toEqual(whole.sources)
    expectEverything(killed)
    // Nothing that was finished is asked again; what was under way when it was killed is, a few each time.
    expect(cloud.seen.length - left).toBeLessThanOrEqual(131 - kept)
    expect(cloud.seen.length - from).toBeLessThan(131 + 3 * 24)
  })

  test('without credentials it says how to get them, and keeps what it had', async () => {
    cloud.rules.refuse = () => ({ status: 16 })
    const ran = await beside(cloud.env, [...into('none'), '--scope', 'projects/p0'])
    cloud.rules.refuse = () => undefined
    expect(ran.status).toBe(1)
    expect(ran.stderr).toContain('gcloud auth application-default login')
    const again = await beside(cloud.env, [...into('none'), '--scope', 'projects/p0'])
    expect(again.status).toBe(0)
  })
})
