import { isObject, type Json, type JsonObject, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import type { Following } from '../../transport/page-call.ts'
import { rowsOf } from './assets.ts'
import type { GcpCall } from './call.ts'

const group = (parameters: JsonObject) => ownString(parameters, 'group') ?? '*'

const groups = {
  // Not a permission of IAM: the administrator role Groups Reader of the directory gives it.
  permissions: [],
  lane: 'groups',
  rows: 'memberships',
  gap: 'group-memberships',
  lost: 'who is in the group is not known',
  about: group,
} as const satisfies Partial<GcpCall>

const named = (member: Json): readonly JsonObject[] => {
  const found = typeof member === 'string' ? /^group:([^?\s]+@[^?\s]+)$/.exec(member)?.[1] : undefined
  return found === undefined ? [] : [{ group: found.toLowerCase() }]
}

const inPolicies: Following = {
  call: 'asset:SearchAllIamPolicies',
  each: 'each group that has a role',
  targets: (page) =>
    rowsOf(page, 'results')
      .flatMap((row) => ownList(ownObject(row, 'policy') ?? {}, 'bindings'))
      .flatMap((binding) => (isObject(binding) ? ownList(binding, 'members') : []))
      .flatMap(named),
}

const inEntitlements: Following = {
  call: 'privilegedaccessmanager:entitlements.list',
  each: 'each group that may ask for a role',
  targets: (page) =>
    rowsOf(page, 'entitlements')
      .flatMap((row) => ownList(row, 'eligibleUsers'))
      .flatMap((users) => (isObject(users) ? ownList(users, 'principals') : []))
      .flatMap(named),
}

/** Deny policies write groups as `principalSet://goog/group/ADDRESS`. */
const inDenials: Following = {
  call: 'iam:policies.get',
  each: 'each group that a deny policy names',
  targets: (page) =>
    ownList(page, 'rules')
      .flatMap((rule) => (isObject(rule) ? [ownObject(rule, 'denyRule') ?? {}] : []))
      .flatMap((rule) => [...ownList(rule, 'deniedPrincipals'), ...ownList(rule, 'exceptionPrincipals')])
      .flatMap((principal) =>
        typeof principal === 'string'
          ? named(principal.replace(/^principalSet:\/\/goog\/group\//, 'group:'))
          : [],
      ),
}

const inGroups: Following = {
  call: 'cloudidentity:groups.memberships.list',
  each: 'each group in a group',
  targets: (page) =>
    rowsOf(page, 'memberships')
      .filter((row) => ownString(row, 'type') === 'GROUP')
      .flatMap((row) => named(`group:${ownString(ownObject(row, 'preferredMemberKey') ?? {}, 'id') ?? ''}`)),
}

/** Members of the groups that matter: those with roles, in deny policies, in entitlements, and in other such groups. */
export const GROUP_CALLS: readonly GcpCall[] = [
  {
    ...groups,
    name: 'cloudidentity:groups.lookup',
    place: 'each group',
    after: [inPolicies, inEntitlements, inDenials, inGroups],
    how: { rest: 'cloudidentity', path: 'v1/groups:lookup', query: {}, asked: { 'groupKey.id': 'group' } },
  },
  {
    ...groups,
    name: 'cloudidentity:groups.memberships.list',
    place: 'each group',
    after: [
      {
        call: 'cloudidentity:groups.lookup',
        each: 'the group',
        targets: (page, parameters) => {
          const found = ownString(page, 'name')
          return found === undefined ? [] : [{ group: group(parameters), name: found }]
        },
      },
    ],
    yields: 'gcp.group-memberships',
    shows: ['group'],
    how: {
      rest: 'cloudidentity',
      path: 'v1/{+name}/memberships',
      query: { view: 'FULL', pageSize: '500' },
    },
    id: idBy('name'),
  },
]
