/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-dynamic-delete -- raw documents */
/** Random requests of which everything is known, from a small world in which names meet often. A case is its seed. */

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- documents as they come

export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0
  }

  /** A number from 0 up to `below` (mulberry32). */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  some<T>(list: readonly T[], most: number): T[] {
    const found = new Set<T>()
    for (let n = this.below(most + 1); n > 0; n--) found.add(this.one(list))
    return [...found]
  }

  odds(of: number): boolean {
    return this.below(of) === 0
  }
}

const CRM = '//cloudresourcemanager.googleapis.com/'
const WORKLOAD = '//iam.googleapis.com/projects/22/locations/global/workloadIdentityPools/ci'
const WORKFORCE = '//iam.googleapis.com/locations/global/workforcePools/staff'
const SERVICE_ACCOUNT = 'ci@p1.iam.gserviceaccount.com'

const PRINCIPALS: readonly Any[] = [
  { member: 'user:ana@example.com', customer: 'C01', within: ['organizations/1'] },
  { member: 'user:bo@other.org', customer: 'C02', within: [] },
  {
    member: `serviceAccount:${SERVICE_ACCOUNT}`,
    customer: 'C01',
    within: ['projects/11', 'folders/2', 'organizations/1'],
  },
  {
    member: 'serviceAccount:service-123456789@compute-system.iam.gserviceaccount.com',
    customer: 'C02',
    within: ['projects/11'],
  },
  {
    member: `principal:${WORKLOAD}/subject/repo:acme`,
    attributes: { 'attribute.repo': 'acme' },
    within: [WORKLOAD, 'projects/22', 'organizations/1'],
  },
  {
    member: `principal:${WORKFORCE}/subject/eve@example.com`,
    attributes: { 'google.groups': ['g1'] },
    within: [WORKFORCE, 'organizations/1'],
  },
  { member: 'allUsers', within: [] },
]
const GROUPS = ['a@example.com', 'b@example.com', 'c@example.com']
const MEMBERS = [
  'user:ana@example.com',
  'user:bo@other.org',
  `serviceAccount:${SERVICE_ACCOUNT}`,
  'group:a@example.com',
  'group:b@example.com',
  'group:c@example.com',
  'domain:example.com',
  'allUsers',
  'allAuthenticatedUsers',
  `principal:${WORKLOAD}/subject/repo:acme`,
  `principalSet:${WORKLOAD}/*`,
  `principalSet:${WORKLOAD}/attribute.repo/acme`,
  `principalSet:${WORKLOAD}/attribute.repo/other`,
  `principalSet:${WORKFORCE}/group/g1`,
  `principalSet:${WORKFORCE}/group/g2`,
  `principalSet:${CRM}projects/11/type/ServiceAccount`,
  `principalSet:${CRM}folders/2/type/ServiceAccount`,
  `principalSet:${CRM}projects/11/type/ServiceAgent`,
  'projectOwner:p1',
  'projectViewer:p1',
  'deleted:user:ana@example.com?uid=1',
]
const DENIED = [
  'principalSet://goog/public:all',
  'principal://goog/subject/ana@example.com',
  'principal://goog/subject/bo@other.org',
  'principalSet://goog/group/a@example.com',
  'principalSet://goog/group/b@example.com',
  `principal://iam.googleapis.com/projects/-/serviceAccounts/${SERVICE_ACCOUNT}`,
  'principalSet://goog/cloudIdentityCustomerId/C01',
  `principalSet:${WORKLOAD}/attribute.repo/acme`,
  `principalSet:${WORKFORCE}/*`,
  `principalSet:${CRM}folders/2/type/ServiceAccount`,
  'deleted:principal://goog/subject/ana@example.com?uid=1',
]
export const PERMISSIONS = [
  'storage.objects.get',
  'storage.buckets.setIamPolicy',
  'resourcemanager.projects.setIamPolicy',
  'iam.googleapis.com/workloadIdentityPoolProviders.update',
  'eventarc.messageBuses.publish',
]
const DENIED_PERMISSIONS = [
  'storage.googleapis.com/objects.get',
  'storage.googleapis.com/*.*',
  'storage.googleapis.com/objects.*',
  'cloudresourcemanager.googleapis.com/projects.setIamPolicy',
  'cloudresourcemanager.googleapis.com/*.setIamPolicy',
  'iam.googleapis.com/workloadIdentityPoolProviders.update',
  'eventarc.googleapis.com/messageBuses.*',
]
const BASIC = ['roles/owner', 'roles/viewer']
const OTHER_ROLES = ['roles/custom', 'organizations/1/roles/pools', 'projects/p1/roles/off']
const RESOURCES: readonly (readonly string[])[] = [
  [`${CRM}projects/p1`, `${CRM}folders/2`, `${CRM}organizations/1`],
  ['//storage.googleapis.com/b', 'projects/p1', `${CRM}folders/2`, 'organizations/1'],
  ['//storage.googleapis.com/c', 'projects/p2', 'organizations/1'],
  [
    '//eventarc.googleapis.com/projects/p1/locations/l/messageBuses/m',
    'projects/p1',
    'folders/2',
    'organizations/1',
  ],
]
const TAGS = [
  ['1/env', 'prod', 'tagKeys/1', 'tagValues/11'],
  ['1/env', 'dev', 'tagKeys/1', 'tagValues/12'],
  ['1/pci', 'yes', 'tagKeys/2', 'tagValues/21'],
] as const
export const TAG_CONDITIONS = [
  "resource.matchTag('1/env', 'prod')",
  "resource.hasTagKey('1/pci')",
  "resource.matchTagId('tagKeys/1', 'tagValues/12')",
  "resource.hasTagKeyId('tagKeys/2')",
]
export const CONDITIONS = [
  ...TAG_CONDITIONS,
  'request.time < timestamp("2026-06-01T00:00:00Z")',
  "request.time >= timestamp('2026-01-01T00:00:00+02:00')",
  'request.time.getHours("Europe/Berlin") >= 9 && request.time.getHours("Europe/Berlin") < 17',
  'request.time.getDayOfWeek() in [0, 6]',
  'resource.name.startsWith("projects/_/buckets/b")',
  "resource.name.extract('buckets/{name}/') == 'b'",
  "resource.type == 'storage.googleapis.com/Object' || resource.service != 'storage.googleapis.com'",
  "'accessPolicies/1/accessLevels/corp' in request.auth.access_levels",
  "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/viewer', 'roles/custom'])",
  'true',
  'false',
]
const PRINCIPAL_CONDITIONS = [
  "principal.type == 'iam.googleapis.com/ServiceAccount'",
  "principal.type in ['iam.googleapis.com/WorkspaceIdentity', 'iam.googleapis.com/WorkforcePoolIdentity']",
  "principal.subject.endsWith('@example.com')",
  "principal.subject != 'bo@other.org'",
]
const SETS = ['organizations/1', 'folders/2', `${CRM}projects/11`, 'projects/22', WORKLOAD, WORKFORCE]

function condition(dice: Dice, from: readonly string[], depth = dice.odds(16) ? 2 : 1): string {
  if (depth === 0 || dice.odds(2)) return dice.one(from)
  const left = condition(dice, from, depth - 1)
  if (dice.odds(4)) return `!(${left})`
  return `(${left}) ${dice.one(['&&', '||'])} (${condition(dice, from, depth - 1)})`
}

function maybe(dice: Dice, key: string, from: readonly string[], of: number): object {
  return dice.odds(of) ? { [key]: { title: 't', expression: condition(dice, from) } } : {}
}

/** What else a request might have: everything that a request can leave unknown. */
export function surroundings(dice: Dice): Any {
  return {
    roles: [...BASIC, ...OTHER_ROLES].map((name) => ({
      name,
      includedPermissions: dice.odds(2) ? PERMISSIONS : dice.some(PERMISSIONS, 4),
      ...(name.endsWith('off') ? { stage: 'DISABLED' } : {}),
    })),
    groups: Object.fromEntries(GROUPS.map((g) => [g, dice.some(MEMBERS.slice(0, 6), 3)])),
    tags: dice.some(TAGS, 2).map(([namespacedTagKey, value, tagKey, tagValue]) => ({
      namespacedTagKey,
      namespacedTagValue: `${namespacedTagKey}/${value}`,
      tagKey,
      tagValue,
    })),
    context: {
      'request.time': dice.one([
        '2025-12-31T22:30:00Z',
        '2026-02-03T08:59:59Z',
        '2026-05-31T23:59:59Z',
        '2026-11-22T12:00:00Z',
      ]),
      'resource.name': dice.one([
        'projects/_/buckets/b/objects/x',
        'projects/_/buckets/bb/objects/y',
        'projects/p1',
      ]),
      'resource.type': dice.one([
        'storage.googleapis.com/Object',
        'cloudresourcemanager.googleapis.com/Project',
      ]),
      'resource.service': dice.one(['storage.googleapis.com', 'cloudresourcemanager.googleapis.com']),
      'request.auth.access_levels': dice.some(
        ['accessPolicies/1/accessLevels/corp', 'accessPolicies/1/accessLevels/eu'],
        2,
      ),
      'iam.googleapis.com/modifiedGrantsByRole': dice.one([
        null,
        ['roles/viewer'],
        ['roles/owner', 'roles/viewer'],
      ]),
    },
  }
}

/** A whole request. */
export function requestOf(dice: Dice, id: number): Any {
  const [resource, ...ancestors] = dice.one(RESOURCES)
  const permission = dice.one(PERMISSIONS)
  const where = [resource, ...ancestors, 'projects/p2']
  const around = surroundings(dice)
  const principal = dice.one(PRINCIPALS)
  // Only requests that set an allow policy have this attribute.
  if (!permission.endsWith('.setIamPolicy')) around.context['iam.googleapis.com/modifiedGrantsByRole'] = null
  return {
    id,
    principal,
    permission,
    resource,
    ancestors,
    ...around,
    allowPolicies: [
      ...new Set([
        'projects/p1',
        ...dice.some(
          where.filter((at) => !String(at).endsWith('projects/p1')),
          3,
        ),
      ]),
    ].map((at) => ({
      resource: at,
      policy: {
        bindings: Array.from({ length: 1 + dice.below(3) }, () => ({
          role: dice.one(/projects\/p1$/.test(String(at)) ? [...BASIC, ...OTHER_ROLES] : OTHER_ROLES),
          members: dice.odds(2) ? [principal.member, dice.one(MEMBERS)] : dice.some(MEMBERS, 4),
          ...maybe(dice, 'condition', CONDITIONS, 2),
        })),
      },
    })),
    denyPolicies: dice.some(['organizations/1', 'folders/2', 'projects/p1'], 2).map((at) => ({
      name: `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${at}`)}/denypolicies/d`,
      rules: Array.from({ length: 1 + dice.below(2) }, () => ({
        denyRule: {
          deniedPrincipals: dice.some(DENIED, 3),
          exceptionPrincipals: dice.odds(2) ? dice.some(DENIED.slice(1), 2) : undefined,
          deniedPermissions: dice.some(DENIED_PERMISSIONS, 5),
          exceptionPermissions: dice.odds(3) ? dice.some(DENIED_PERMISSIONS, 1) : undefined,
          ...maybe(dice, 'denialCondition', TAG_CONDITIONS, 2),
        },
      })),
    })),
    boundaries: {
      principalAccessBoundaryPolicies: ['x', 'y'].map((name) => ({
        name,
        details: {
          enforcementVersion: dice.one([undefined, 'latest', '1', '2']),
          rules: [
            {
              resources: dice.some(['organizations/1', `${CRM}folders/2`, 'projects/p2'], 2),
              effect: 'ALLOW',
            },
          ],
        },
      })),
      policyBindings: Array.from({ length: dice.odds(2) ? dice.below(3) : 0 }, () => ({
        name: 'b',
        target: { principalSet: dice.one(SETS) },
        policy: dice.one(['x', 'y']),
        ...maybe(dice, 'condition', PRINCIPAL_CONDITIONS, 3),
      })),
      enforcement: {
        1: ['storage.googleapis.com/objects.*'],
        2: ['iam.googleapis.com/*.update'],
        3: [],
        4: ['cloudresourcemanager.googleapis.com/*'],
      },
    },
    accessPolicies: dice.odds(3)
      ? [
          {
            resource: dice.one(where),
            policy: {
              name: 'access',
              details: {
                rules: [
                  {
                    effect: dice.one(['ALLOW', 'DENY']),
                    principals: dice.some(DENIED.slice(1, 7), 2),
                    excludedPrincipals: dice.some(DENIED.slice(1, 7), 1),
                    operation: { permissions: ['eventarc.googleapis.com/messageBuses.publish'] },
                    ...(dice.odds(2)
                      ? {
                          conditions: {
                            'iam.googleapis.com': { expression: condition(dice, TAG_CONDITIONS) },
                          },
                        }
                      : {}),
                  },
                ],
              },
            },
          },
        ]
      : [],
  }
}

/** The same request with some of what surrounds it left out, so that both requests are cases of it. */
export function forgetful(dice: Dice, request: Any): { asked: Any; forgotten: readonly string[] } {
  const asked = { ...request, context: { ...request.context }, groups: { ...request.groups } }
  const forgotten: string[] = []
  for (const key of Object.keys(asked.context)) {
    if (!dice.odds(3)) continue
    delete asked.context[key]
    forgotten.push(`context ${key}`)
  }
  if (dice.odds(3)) {
    delete asked.tags
    forgotten.push('tags')
  }
  if (dice.odds(4)) {
    const role = dice.one(asked.roles as Any[]).name
    asked.roles = asked.roles.filter((each: Any) => each.name !== role)
    forgotten.push(`role ${role}`)
  }
  if (dice.odds(4)) {
    const group = dice.one(GROUPS)
    delete asked.groups[group]
    forgotten.push(`group ${group}`)
  }
  return { asked, forgotten }
}

/** A whole request that agrees with one that left things out. */
export function remembered(request: Any, forgotten: readonly string[], other: Any): Any {
  const whole = { ...request, context: { ...request.context }, groups: { ...request.groups } }
  for (const what of forgotten) {
    const [kind, name = ''] = what.split(/ (.*)/)
    if (kind === 'context') {
      const settable =
        name !== 'iam.googleapis.com/modifiedGrantsByRole' ||
        String(whole.permission).endsWith('.setIamPolicy')
      whole.context[name] = settable ? other.context[name] : null
    } else if (kind === 'tags') whole.tags = other.tags
    else if (kind === 'group') whole.groups[name] = other.groups[name]
    else {
      const changed = other.roles.find((o: Any) => o.name === name)
      whole.roles = whole.roles.map((role: Any) => (role.name === name ? changed : role))
    }
  }
  return whole
}

/* eslint-enable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-dynamic-delete */
