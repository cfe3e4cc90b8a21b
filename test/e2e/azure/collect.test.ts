import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type JsonObject } from '../../../graph/index.ts'
import * as planted from '../../fakes/azure/planted.ts'
import { gomeisa, temporaryFolder } from '../command.ts'
import { beside, finishedPages, type Held, heldIn, killedAfter } from '../live.ts'
import { type Cloud, startCloud } from './cloud.ts'

const folder = temporaryFolder()
let cloud: Cloud
const into = (name: string) => ['--data', `${folder}/${name}`, 'collect', 'azure', '--json', ...cloud.args]

/** Sorted ids, so that two lists are equal when nothing is lost or doubled. */
function ids(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => String((row as { readonly id: unknown }).id)).sort()
}

function rowsOf(held: Held, call: string, list = 'value'): readonly JsonObject[] {
  return held.rows(call, list).map(({ row }) => row)
}

function expectEverything(held: Held): void {
  const expected = [
    ['arm:subscriptions.list', planted.SUBSCRIPTIONS],
    ['arm:roleDefinitions.listBuiltIn', planted.BUILT_IN],
    ['arm:roleDefinitions.listCustom', [planted.CUSTOM]],
    ['arm:roleAssignments.list', planted.ASSIGNMENTS],
    ['arm:denyAssignments.list', planted.DENIALS],
    ['arm:roleEligibilityScheduleInstances.list', planted.ELIGIBLE],
    ['arm:roleManagementPolicyAssignments.list', planted.POLICIES],
    ['graph:directoryRolePolicies.list', planted.DIRECTORY_POLICIES],
    ['graph:groups.activationPolicies.list', planted.GROUP_POLICIES],
    ['graph:users.list', planted.USERS],
    ['graph:groups.list', planted.GROUPS],
    ['graph:servicePrincipals.list', planted.PRINCIPALS],
    ['graph:applications.list', planted.APPLICATIONS],
    ['graph:directoryRoleDefinitions.list', [planted.DIRECTORY_ROLE]],
    ['graph:directoryRoleAssignments.list', planted.DIRECTORY_ASSIGNMENTS],
    ['graph:directoryRoleEligibilityScheduleInstances.list', planted.DIRECTORY_ELIGIBLE],
    ['graph:groups.eligibilityScheduleInstances.list', planted.GROUP_ELIGIBLE],
    ['graph:administrativeUnits.list', [planted.UNIT]],
    ['graph:administrativeUnits.members.list', planted.UNIT_MEMBERS],
    ['graph:oauth2PermissionGrants.list', planted.DELEGATED],
  ] as const
  for (const [call, rows] of expected) expect([call, ids(rowsOf(held, call))]).toEqual([call, ids(rows)])
  expect(ids(rowsOf(held, 'resourcegraph:resources', 'data'))).toEqual(ids(planted.RESOURCES))
  expect(ids(rowsOf(held, 'resourcegraph:managedServices', 'data'))).toEqual(ids(planted.LIGHTHOUSE))
  const members = held
    .rows('graph:groups.members.list', 'value')
    .map(({ row, asked }) => canonicalJson([asked['group'] ?? null, row]))
  const all = [...planted.MEMBERS].flatMap(([group, of]) => of.map((row) => canonicalJson([group, row])))
  expect(members.sort()).toEqual(all.sort())
}

function decision(store: string, who: number, action: string, resource: string): string {
  const asked = gomeisa([
    '--data',
    `${folder}/${store}`,
    '--json',
    'can',
    `user${who}@example.com`,
    action,
    resource,
  ])
  return (JSON.parse(asked.stdout) as { readonly result: { readonly decision: string } }).result.decision
}

const RESTART = 'Microsoft.Compute/virtualMachines/restart/action'
const subscription = (n: number) => planted.SUBSCRIPTIONS[n]?.id ?? ''

beforeAll(async () => {
  cloud = await startCloud(folder)
})
afterAll(() => {
  cloud.stop()
})

describe('collect azure, a tenant of six subscriptions', { timeout: 120_000 }, () => {
  test('what is imported is what was planted', async () => {
    const ran = await beside(cloud.env, into('whole'))
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    const held = await heldIn(`${folder}/whole`)
    expect(held.gaps).toEqual([])
    expectEverything(held)
    expect(new Set(cloud.seen.map(({ bearer }) => bearer))).toEqual(new Set(['Bearer fake-access-token']))
    // Ids and dates of keys are kept; keys, hints and what machines are started with never are.
    expect(held.sources.join('\n')).not.toContain(planted.SECRET)
    expect(held.sources.join('\n')).toContain(planted.id(9, 0))
    const [trust] = held.rows('arm:userAssignedIdentities.federatedIdentityCredentials.list', 'value')
    expect(trust).toMatchObject({
      row: { issuer: 'https://token.actions.githubusercontent.com' },
      asked: { id: planted.IDENTITY },
    })
  })

  test('questions are answered from it', () => {
    expect(gomeisa(['--data', `${folder}/whole`, 'analyze', '--quiet']).status).toBe(0)
    expect(decision('whole', 2, RESTART, subscription(0))).toBe('allowed')
    expect(decision('whole', 2, RESTART, subscription(2))).toBe('denied')
    // Whoever owns it, a deny assignment stands before it.
    expect(decision('whole', 3, RESTART, subscription(1))).toBe('denied')
    // Of the management group that is above the first five.
    const read = 'Microsoft.Compute/virtualMachines/read'
    expect(decision('whole', 1, read, subscription(4))).toBe('allowed')
    expect(decision('whole', 1, read, subscription(5))).toBe('denied')
  })

  test('an answer says what an activation asks for', () => {
    const asked = gomeisa([
      '--data',
      `${folder}/whole`,
      'can',
      'user20@example.com',
      RESTART,
      subscription(0),
    ])
    expect(asked.stdout.replace(/\s+/g, ' ')).toContain(
      'that asks for the approval of User 21, a justification, for at most 4 hours',
    )
  })

  test('throttled and refused, it ends with gaps that say what is missing', async () => {
    let n = 0
    const refused = subscription(3)
    cloud.rules.refuse = ({ about }) => {
      if (about.includes('/organization')) return undefined
      // Some come too early, and some meet a server that stumbles.
      n++
      if (n <= 2 || n % 17 === 0) return { status: 429, code: 'TooManyRequests', wait: 0 }
      if (n % 19 === 0) return { status: 503, code: 'ServiceUnavailable' }
      if (about.startsWith(`${refused}/providers/Microsoft.Authorization/roleAssignments`))
        return { status: 403, code: 'AuthorizationFailed' }
      if (about.startsWith(`/beta/groups/${planted.id(7, 2)}/members`))
        return { status: 403, code: 'Authorization_RequestDenied' }
      if (about.includes('roleEligibilityScheduleInstances'))
        return { status: 400, code: 'AadPremiumLicenseRequired' }
      return undefined
    }
    const ran = await beside(cloud.env, into('gaps'))
    cloud.rules.refuse = () => undefined
    expect([ran.status, ran.stderr]).toEqual([4, ''])
    const { gaps } = await heldIn(`${folder}/gaps`)
    // A tenant without a licence of PIM has nobody who is eligible: no gap.
    expect(gaps.map(({ kind, scope, what }) => `${kind} ${what} ${scope}`).sort()).toEqual([
      `refused group-members ${planted.id(7, 2)}`,
      `refused role-assignments ${refused.slice(1)}`,
    ])
    const [roles] = gaps.filter(({ what }) => what === 'role-assignments')
    expect(roles?.consequence).toContain('failed with AuthorizationFailed')
    expect(roles?.remedy).toContain('Microsoft.Authorization/roleAssignments/read')
    const [members] = gaps.filter(({ what }) => what === 'group-members')
    expect(members?.remedy).toContain('GroupMember.Read.All of Microsoft Graph')
    expect(gomeisa(['--data', `${folder}/gaps`, 'analyze', '--quiet']).status).toBe(4)
    expect(decision('gaps', 9, RESTART, refused)).toBe('unknown')
    expect(decision('gaps', 2, RESTART, subscription(0))).toBe('allowed')
  })

  test('killed in the middle, it goes on and brings the same', async () => {
    const whole = await heldIn(`${folder}/whole`)
    const from = cloud.seen.length
    // Slow enough that it can be met in the middle.
    cloud.rules.delay = 15
    for (const pages of [12, 40, 25]) {
      expect(await killedAfter(cloud.env, `${folder}/killed`, into('killed'), pages)).toBe('SIGKILL')
    }
    cloud.rules.delay = 0
    const kept = finishedPages(`${folder}/killed`)
    expect(kept).toBeGreaterThanOrEqual(77)
    const ran = await beside(cloud.env, into('killed'))
    expect(ran.status).toBe(0)
    const { result } = JSON.parse(ran.stdout) as { readonly result: { readonly resumed: number } }
    expect(result.resumed).toBe(kept)
    const killed = await heldIn(`${folder}/killed`)
    expect(killed.sources).toEqual(whole.sources)
    expectEverything(killed)
    // What was finished is not asked again; what was under way when it was killed is, and who the tenant is.
    const asked = new Set(cloud.seen.slice(from).map(({ about, page }) => `${about} ${page}`))
    expect(cloud.seen.length - from - asked.size).toBeLessThanOrEqual(3 * 24 + 3)
  })

  test('without credentials it says how to get them', async () => {
    cloud.rules.refuse = () => ({ status: 401, code: 'InvalidAuthenticationToken' })
    const ran = await beside(cloud.env, into('none'))
    cloud.rules.refuse = () => undefined
    expect(ran.status).toBe(1)
    expect(ran.stderr).toContain('az login')
    expect(ran.stderr).not.toContain(planted.SECRET)
  })
})
