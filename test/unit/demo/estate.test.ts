import { describe, expect, it } from 'vitest'

import { demoEstate, demoExportedAt, type Week } from '../../../app/demo/index.ts'
import { expectedStories } from './expected-stories.ts'
import { assets, gaads, googleMembers, lines, paths, rows, tree } from './exports.ts'
import { list, type GraphUser } from './shapes.ts'

const WEEKS: readonly Week[] = [1, 2]
const REFUSED = /accounts\/111122220018\//

/** Accounts, projects and subscriptions; identities; resources. */
function counts(week: Week): { scopes: number; identities: number; resources: number } {
  const total = (files: readonly (readonly [path: string, field?: string])[]): number =>
    files.reduce((sum, [path, field]) => sum + rows(week, path, field).length, 0)
  const details = [...gaads(week).values()]
  const members = [...googleMembers(week).values()].flat().filter((each) => each.type === 'USER')
  const cloudAssets = assets(week)
  return {
    scopes: total([
      ['aws/organizations/list-accounts.json', 'Accounts'],
      ['gcp/projects.json'],
      ['azure/account-list.json'],
    ]),
    identities:
      details.reduce((sum, each) => sum + each.UserDetailList.length + each.RoleDetailList.length, 0) +
      cloudAssets.filter((each) => each.asset_type === 'iam.googleapis.com/ServiceAccount').length +
      googleMembers(week).size +
      new Set(members.map((each) => each.preferredMemberKey.id)).size +
      total([
        ['aws/identitystore/list-users.json', 'Users'],
        ['aws/identitystore/list-groups.json', 'Groups'],
        ['azure/graph-users.json', 'value'],
        ['azure/ad-group-list.json'],
        ['azure/ad-app-list.json'],
        ['azure/ad-sp-list.json'],
      ]),
    resources:
      cloudAssets.length +
      total([
        ['aws/config/select-aggregate-resource-config.json', 'Results'],
        ...paths(week, /resource-list\.json$/).map((path) => [path] as const),
      ]),
  }
}

describe('the demo estate', () => {
  it('is the same bytes every time', () => {
    for (const week of WEEKS) expect(demoEstate(week)).toEqual(demoEstate(week))
  })

  it('has the size it promises', () => {
    for (const week of WEEKS) {
      const { scopes, identities, resources } = counts(week)
      expect(scopes).toBe(40)
      expect(identities).toBeGreaterThan(1150)
      expect(identities).toBeLessThan(1250)
      expect(resources).toBeGreaterThan(4800)
      expect(resources).toBeLessThan(5200)
    }
  })

  it('parses, file by file, except the two refusals', () => {
    for (const week of WEEKS) {
      for (const [path, content] of tree(week)) {
        if (REFUSED.test(path))
          expect(content).toMatch(/^\nAn error occurred \(AccessDenied\) when calling the \w+ operation: /)
        else if (path.endsWith('.json')) expect(() => void JSON.parse(content)).not.toThrow()
        else if (path.endsWith('.jsonl')) expect(lines(week, path).length).toBeGreaterThan(0)
        else expect(content).toMatch(/^user,arn,user_creation_time,password_enabled,/)
      }
    }
  })

  it('has no two files with one path and no absolute path', () => {
    const all = demoEstate(1).map((file) => file.path)
    expect(new Set(all).size).toBe(all.length)
    for (const path of all) expect(path).toMatch(/^(aws|gcp|azure)\/[\w./-]+$/)
  })

  it('moves from week 1 to week 2 only where a story says so', () => {
    const first = tree(1)
    const second = tree(2)
    expect([...second.keys()]).toEqual([...first.keys()])
    expect([...first.keys()].filter((path) => first.get(path) !== second.get(path)).sort()).toEqual([
      'aws/accounts/111122220005/gaad.json',
      'aws/accounts/111122220007/gaad.json',
      'aws/accounts/111122220012/credential-report.csv',
      'aws/identitystore/list-group-memberships-data-analysts.json',
      'aws/identitystore/list-group-memberships-team-data-platform.json',
      'aws/identitystore/list-users.json',
      'azure/graph-users.json',
      'gcp/group-memberships.jsonl',
    ])
  })

  it('is one week later in week 2', () => {
    expect(Date.parse(demoExportedAt(2)) - Date.parse(demoExportedAt(1))).toBe(7 * 86_400_000)
  })
})

describe('the planted stories', () => {
  it('S1: the pass-role wildcard is the only change on the way', () => {
    const passable = (week: Week): unknown => {
      const roles = gaads(week).get('111122220005')?.RoleDetailList ?? []
      const deployer = roles.find((role) => role.RoleName === 'release-deployer')
      const statements = deployer?.RolePolicyList?.flatMap((each) => list(each.PolicyDocument.Statement))
      return statements?.find((each) => each.Action === 'iam:PassRole')?.Resource
    }
    expect(passable(1)).toBe('arn:aws:iam::111122220005:role/release/*')
    expect(passable(2)).toBe('*')
  })

  it('S3: the leaver is disabled in Entra and his key is used afterwards', () => {
    for (const week of WEEKS) {
      const { leaver } = expectedStories(week)
      const users = rows(week, 'azure/graph-users.json', 'value') as GraphUser[]
      expect(users.find((each) => each.id === leaver.entraId)?.accountEnabled).toBe(!leaver.disabled)
      const row = tree(week)
        .get('aws/accounts/111122220012/credential-report.csv')
        ?.split('\n')
        .find((line) => line.includes(leaver.user))
        ?.split(',')
      expect(row?.slice(8, 11)).toEqual([
        'true',
        '2025-03-02T04:00:00+00:00',
        week === 1 ? '2026-11-06T04:30:00+00:00' : '2026-11-14T04:30:00+00:00',
      ])
    }
  })

  it('S4: the vendor is trusted without condition in three accounts, then four', () => {
    for (const week of WEEKS) {
      const { vendorAccount, vendorRoles } = expectedStories(week)
      const trusting = [...gaads(week).values()]
        .flatMap((each) => each.RoleDetailList)
        .filter((role) =>
          list(role.AssumeRolePolicyDocument.Statement).some(
            ({ Condition, Principal }) =>
              Condition === undefined &&
              Principal !== '*' &&
              list(Principal?.AWS).some((each) => each.includes(vendorAccount)),
          ),
        )
      expect(trusting.map((role) => role.Arn).sort()).toEqual([...vendorRoles].sort())
    }
  })
})
