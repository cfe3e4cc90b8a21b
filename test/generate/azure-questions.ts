import fc from 'fast-check'
import type { Json, JsonObject } from '../../graph/index.ts'
import { ASSIGN, ATTRIBUTES, BLOB_READ, BLOB_WRITE, conditionText } from './azure-conditions.ts'

/** Random lines for `gomeisa simulate azure`: small worlds in which much meets, in both shapes of Azure's JSON. */

const id = (n: number): string => `00000000-0000-0000-0000-0000000000${String(n).padStart(2, '0')}`
const USERS = [id(1), id(2)]
const GROUPS = [id(11), id(12), id(13)]
const ROLES = [id(71), id(72), id(73)]
const NOBODY = '00000000-0000-0000-0000-000000000000'
const ACCOUNT = '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/x'
const MG = '/providers/Microsoft.Management/managementGroups'
export const SCOPES = [
  '/',
  `${MG}/top`,
  `${MG}/low`,
  '/subscriptions/s1',
  '/subscriptions/s1/resourceGroups/rg',
  ACCOUNT,
]
const TARGETS = [
  ...SCOPES,
  `${ACCOUNT}/blobServices/default/containers/c`,
  '/subscriptions/s10',
  `${ACCOUNT}y`,
]
const CONTROL = [ASSIGN, 'Microsoft.Compute/virtualMachines/read']
const DATA = [BLOB_READ, BLOB_WRITE]
const PATTERNS = [...CONTROL, '*', '*/read', 'Microsoft.Authorization/*', 'microsoft.compute/*/READ']
const DATA_PATTERNS = [...DATA, '*', 'Microsoft.Storage/*', 'microsoft.storage/*/WRITE']

const some = (from: readonly string[], maxLength: number): fc.Arbitrary<string[]> =>
  fc.subarray([...from], { maxLength })
const many = (from: readonly string[]): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 3 })
const few = (from: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, many(from))
const spelled = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text, text.toLowerCase(), text.toUpperCase())
const guid = (from: readonly string[]): fc.Arbitrary<string> =>
  fc
    .constantFrom(...from)
    .chain((text) => fc.constantFrom(text, text, text.replaceAll('-', ''), text.toUpperCase()))

const conditioned = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 6, arbitrary: conditionText.map((condition) => ({ condition, conditionVersion: '2.0' })) },
  { weight: 1, arbitrary: fc.constantFrom({ condition: null }, { condition: '', conditionVersion: null }) },
  { weight: 1, arbitrary: conditionText.map((condition) => ({ condition })) },
)
const old = fc.constant({ condition: "ActionMatches{'*'}", conditionVersion: '1.0' })

const block: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.record({
      actions: many(PATTERNS),
      notActions: few(PATTERNS),
      dataActions: many(DATA_PATTERNS),
      notDataActions: few(DATA_PATTERNS),
    }),
    conditioned,
  )
  .map(([lists, condition]) => ({ ...lists, ...condition }))

/** The same members beside the id, or in `properties`. */
const shaped = (outer: JsonObject, members: JsonObject): fc.Arbitrary<JsonObject> =>
  fc.constantFrom<JsonObject>({ ...outer, ...members }, { ...outer, properties: members })

const definition = (name: string): fc.Arbitrary<JsonObject> =>
  fc
    .array(block, { minLength: 1, maxLength: 2 })
    .chain((permissions) => shaped({ name }, { roleName: `role ${name.slice(-2)}`, permissions }))

const principalType = (of: string): fc.Arbitrary<JsonObject> =>
  fc.constantFrom<JsonObject>({}, { principalType: GROUPS.includes(of) ? 'Group' : 'User' })

export const assignment: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom(...USERS, ...USERS, ...USERS, ...GROUPS),
    fc.constantFrom(...ROLES, ...ROLES, ...ROLES, id(79)),
    fc.constantFrom('/', '/', '/subscriptions/s1', ...SCOPES).chain(spelled),
    fc.oneof({ weight: 24, arbitrary: conditioned }, old),
  )
  .chain(([principalId, role, scope, condition]) =>
    principalType(principalId).chain((type) =>
      shaped(
        { id: `/x/${principalId}` },
        {
          principalId,
          roleDefinitionId: `/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/${role}`,
          scope,
          ...type,
          ...condition,
        },
      ),
    ),
  )

const who = (from: readonly string[]): fc.Arbitrary<JsonObject> =>
  guid(from).chain((principal) =>
    fc.constantFrom<JsonObject>(
      { id: principal },
      { id: principal, type: GROUPS.includes(principal) ? 'Group' : 'User' },
    ),
  )
const everyone = fc.constantFrom<JsonObject>(
  { id: NOBODY, type: 'SystemDefined' },
  { id: NOBODY.replaceAll('-', ''), type: 'Everyone' },
)
/** A user whose type says user is no group: a type must fit its principal. */
const typed = (list: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject[]> =>
  fc.array(list, { minLength: 1, maxLength: 2 })

export const denial: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.record({
      denyAssignmentName: fc.constantFrom('lock', 'stack'),
      scope: fc.constantFrom(...SCOPES).chain(spelled),
      permissions: fc.array(block, { minLength: 1, maxLength: 2 }),
      principals: fc.oneof(
        everyone.map((all) => [all]),
        typed(who([...USERS, ...GROUPS])),
      ),
      excludePrincipals: fc.oneof(fc.constant([]), typed(who([...USERS, ...GROUPS]))),
    }),
    fc.constantFrom<JsonObject>(
      {},
      { doNotApplyToChildScopes: true },
      { denyAssignmentEffect: 'audit' },
      { denyAssignmentEffect: 'enforced' },
    ),
    fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, conditioned),
  )
  .chain(([members, more, condition]) => shaped({ name: 'd' }, { ...members, ...more, ...condition }))

const groups: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant<JsonObject>({}),
  some(GROUPS, 2).map((list): JsonObject => ({ groups: list })),
  fc
    .array(fc.tuple(fc.constantFrom(...GROUPS), some([...USERS, ...GROUPS], 2)), { maxLength: 4 })
    .map((list): JsonObject => ({ groups: list.map(([group, members]) => ({ id: group, members })) })),
)

const told = (values: readonly unknown[]): fc.Arbitrary<Json | undefined> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(values as readonly Json[])) },
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom<Json>(null, { unknown: true }) },
  )
const source = (of: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<JsonObject> =>
  fc.record(Object.fromEntries(Object.entries(of).map(([name, values]) => [name, told(values)])))

const asked: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom(...CONTROL).map((action): JsonObject => ({ action, isDataAction: false })),
  fc.constantFrom(...DATA).map((action): JsonObject => ({ action, isDataAction: true })),
)

/** What may be known of a request. */
export const request: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom<JsonObject>(
      { principal: USERS[0] ?? '' },
      { principal: { id: USERS[1] ?? '', type: 'User' } },
    ),
    groups,
    asked,
    fc.constantFrom(...TARGETS).chain(spelled),
    fc.constantFrom<JsonObject>(
      {},
      { ancestors: [] },
      { ancestors: [`${MG}/LOW`, `${MG}/top`] },
      { ancestors: [`${MG}/top`] },
    ),
    fc.constantFrom<JsonObject>(
      {},
      { subOperation: null },
      { subOperation: 'Blob.List' },
      { subOperation: { unknown: true } },
    ),
    fc.record({
      resource: source(ATTRIBUTES.resource),
      request: source(ATTRIBUTES.request),
      principal: source(ATTRIBUTES.principal),
    }),
    source(ATTRIBUTES.context),
  )
  .map(([principal, member, action, scope, ancestors, subOperation, attributes, context]) => ({
    ...principal,
    ...member,
    ...action,
    scope,
    ...ancestors,
    ...subOperation,
    attributes,
    context,
  }))

export interface AzureWorld {
  readonly roleDefinitions: readonly JsonObject[]
  readonly roleAssignments: readonly JsonObject[]
  readonly denyAssignments: readonly JsonObject[]
}

export const world: fc.Arbitrary<AzureWorld> = fc.record({
  roleDefinitions: fc.tuple(...ROLES.map(definition)),
  roleAssignments: fc.array(assignment, { minLength: 1, maxLength: 4 }),
  denyAssignments: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.array(denial, { minLength: 1, maxLength: 2 }),
  ),
})

/** A line of the command: what lies in the world and what is asked. `undefined` members are left out, as JSON does. */
export function lineOf(policies: AzureWorld, question: JsonObject): JsonObject {
  return { ...(JSON.parse(JSON.stringify(question)) as JsonObject), ...policies }
}
