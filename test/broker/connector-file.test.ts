import { describe, expect, it } from 'vitest'
import { readConnectors } from '../../app/broker/connectors/connector-file.ts'
import type { IdTokens } from '../../broker/index.ts'
import type { GomeisaError, Json } from '../../graph/index.ts'

const ROLE = 'arn:aws:iam::111122223333:role/reader'
const SET = 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444'
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1111222233334444'
const ASSIGNED = {
  id: 'logs',
  instance: INSTANCE,
  permissionSet: SET,
  account: '111122223333',
  users: { 'ana@example.com': 'u-1' },
}
const entitlement = (id: string, role: string) => ({ id, cloud: 'aws', role, scope: '111122223333' })
const catalogue = {
  json: { people: [], entitlements: [entitlement('reader', ROLE), entitlement('logs', SET)] },
  file: 'catalogue.json',
}
const read = (section: Json) =>
  readConnectors({ json: { aws: section }, file: 'connectors.json' }, catalogue, Date.now)
const wrong = async (section: Json) => {
  const error = await read(section).then(
    () => undefined,
    (thrown: unknown) => thrown as GomeisaError,
  )
  return [error?.code, error?.place?.file, error?.message, error?.remedy !== undefined]
}
const region = 'eu-central-1'
const given = { eligible: [], owners: [], groups: [], environment: 'other' } as const
const facts = { reachesAdministrator: 'unknown', opensCrownJewelPath: 'unknown' } as const
const asked = (id: string) => ({ ...given, ...facts, id, cloud: 'aws', role: '', scope: '' }) as const

describe('the file of connectors', () => {
  it('says which connector gives an entitlement, and which nobody gives', async () => {
    const registry = await read({ region, roles: [{ id: 'reader', role: ROLE }], assignments: [ASSIGNED] })
    expect(registry.all.map(({ name }) => name)).toEqual(['aws-role', 'aws-assignment'])
    expect(['reader', 'logs', 'other'].map((id) => registry.for(asked(id))?.name)).toEqual([
      'aws-role',
      'aws-assignment',
      undefined,
    ])
  })

  const role = (more: Record<string, Json>) => ({ region, roles: [{ id: 'reader', role: ROLE, ...more }] })
  const OTHER = 'arn:aws:iam::111122223333:role/administrator'
  it.each([
    ['a misspelt field', { region, role: [] }, '`/aws/role` should be left out; there are region,'],
    ['no region', { roles: [] }, '`/aws/region` should be a text'],
    [
      'plain http to elsewhere',
      { region, endpoint: 'http://aws.example.com' },
      '`/aws/endpoint` should be an',
    ],
    ['a role that approvers are not shown', role({ role: OTHER }), 'should be what the catalogue shows'],
    ['an entitlement of nobody', { region, roles: [{ id: 'raeder', role: ROLE }] }, 'has no `raeder`'],
    ['a session that AWS would refuse', role({ sessionSeconds: 60 }), 'a whole number from 900 to 3600'],
    ['a policy that is none', role({ policies: ['ReadOnly'] }), 'entitlement `reader`: ten policy ARNs'],
    ['statements that are none', role({ narrowedTo: ['s3:*'] }), '`/aws/roles/0/narrowedTo` should be'],
    ['users in a list', { region, assignments: [{ ...ASSIGNED, users: [] }] }, '`/aws/assignments/0/users`'],
    ['another account', { region, assignments: [{ ...ASSIGNED, account: '1' }] }, '`111122223333`'],
  ])('refuses %s, with file, place and remedy', async (_, section, says) => {
    expect(await wrong(section as Json)).toEqual([
      'INPUT_SHAPE',
      'connectors.json',
      expect.stringContaining(says),
      true,
    ])
  })

  it('refuses an entitlement that two would give, and a cloud that there is not', async () => {
    const twice = {
      region,
      roles: [{ id: 'reader', role: ROLE }],
      assignments: [{ ...ASSIGNED, id: 'reader' }],
    }
    expect((await wrong(twice))[0]).toBe('INPUT_DUPLICATE')
    const elsewhere = readConnectors({ json: { moon: {} }, file: 'c.json' }, catalogue, Date.now)
    await expect(elsewhere).rejects.toThrow('`/moon` should be left out; there are aws, gcp, azure')
  })
})

describe('the section of Google Cloud', () => {
  const BOUND = { id: 'objects', resource: 'projects/shop-prod', role: 'roles/storage.objectViewer' }
  const members = { 'ana@example.com': 'user:ana@example.com' }
  const gcp = (section: Json, issuer?: IdTokens) => {
    const known = { id: 'objects', cloud: 'gcp', role: BOUND.role, scope: BOUND.resource }
    const basic = { ...known, id: 'basic', role: 'roles/editor' }
    const role = 'lister@shop-prod.iam.gserviceaccount.com'
    const lister = { ...known, id: 'lister', role }
    const elsewhere = { ...known, id: 'elsewhere', role: 'lister@elsewhere.iam.gserviceaccount.com' }
    const entitlements = [known, basic, lister, elsewhere]
    const from = { json: { people: [], entitlements }, file: 'catalogue.json' }
    return readConnectors({ json: { gcp: section }, file: 'connectors.json' }, from, Date.now, issuer)
  }
  const bound = (more: Record<string, Json>) => ({ bindings: [{ ...BOUND, members, ...more }] })

  it('gives what it names, and can end what it once gave by federation', async () => {
    const registry = await gcp({ endpoint: 'https://gcp.example.com', ...bound({}) })
    const names = registry.all.map(({ name }) => name)
    expect(names).toEqual(['gcp-binding', 'gcp-federated', 'gcp-impersonation'])
    expect(['objects', 'basic'].map((id) => registry.for(asked(id))?.name)).toEqual([
      'gcp-binding',
      undefined,
    ])
  })

  const provider = 'projects/1/locations/global/workloadIdentityPools/gomeisa/providers/broker'
  const serviceAccount = 'lister@shop-prod.iam.gserviceaccount.com'
  const lent = (more: Record<string, Json>) => ({
    impersonations: [{ id: 'lister', provider, serviceAccount, ...more }],
  })
  const direct = (more: Record<string, Json>) => ({ federated: [{ ...BOUND, provider, ...more }] })
  const tokens: IdTokens = { issuer: 'https://b.example.com', mint: () => Promise.reject(new Error('no')) }

  it('gives by federation, where the broker issues tokens', async () => {
    const registry = await gcp({ ...direct({}), ...lent({ lifetimeSeconds: 600 }) }, tokens)
    expect(['objects', 'lister', 'basic'].map((id) => registry.for(asked(id))?.name)).toEqual([
      'gcp-federated',
      'gcp-impersonation',
      undefined,
    ])
    await expect(gcp(direct({}))).rejects.toMatchObject({
      code: 'USAGE',
      place: { file: 'connectors.json' },
      remedy: expect.stringContaining('--issuer'),
    })
  })

  const other = 'lister@elsewhere.iam.gserviceaccount.com'
  it.each([
    ['another account', lent({ serviceAccount: other }), 'the catalogue shows to approvers: `lister@shop'],
    [
      'an account of another project',
      lent({ id: 'elsewhere', serviceAccount: other }),
      '`projects/shop-prod`',
    ],
    ['half a provider', lent({ provider: 'projects/1' }), '`provider` should be projects/NUMBER'],
    ['a token that Google would refuse', lent({ lifetimeSeconds: 60 }), 'from 600 to 3600'],
    ['a basic role for a subject', direct({ id: 'basic', role: 'roles/editor' }), 'not be a basic role'],
    ['a pool of people', direct({ provider: 'locations/global/workforcePools/p/providers/x' }), '`provider`'],
  ])('refuses %s', async (_, section, says) => {
    await expect(gcp(section as Json, tokens)).rejects.toMatchObject({
      code: 'INPUT_SHAPE',
      message: expect.stringContaining(says),
    })
  })

  it.each([
    ['plain http to elsewhere', { endpoint: 'http://gcp.example.com', bindings: [] }, '`/gcp/endpoint`'],
    ['a role that approvers are not shown', bound({ role: 'roles/storage.admin' }), 'the catalogue shows'],
    ['another place', bound({ resource: 'projects/other' }), 'the catalogue shows'],
    ['a basic role', bound({ id: 'basic', role: 'roles/editor' }), 'not be a basic role'],
    ['a group', bound({ members: { 'ana@example.com': 'group:ops@example.com' } }), 'single principals'],
    ['everybody', bound({ members: { 'ana@example.com': 'allUsers' } }), 'single principals'],
  ])('refuses %s', async (_, section, says) => {
    await expect(gcp(section as Json)).rejects.toMatchObject({
      code: 'INPUT_SHAPE',
      place: { file: 'connectors.json' },
      message: expect.stringContaining(says),
    })
  })
})

describe('the section of Azure', () => {
  const ROLE_ID = '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'
  const scope = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop'
  const vault = `${scope}/providers/Microsoft.KeyVault/vaults/shop`
  const above = '/providers/Microsoft.Management/managementGroups/root'
  const principals = { 'ana@example.com': 'aaaaaaaa-0000-4000-8000-000000000001' }
  const [TENANT, CLIENT] = ['1', '2'].map((n) => `${n}0000000-0000-4000-8000-000000000000`) as [
    string,
    string,
  ]
  const issuer = { issuer: 'https://broker.example.com', mint: () => Promise.reject(new TypeError('unused')) }
  const resources = ['https://vault.azure.net']
  const app = (more: Record<string, Json> = {}) => ({
    applications: [{ id: 'app', tenant: TENANT, client: CLIENT, resources, ...more }],
  })
  const GROUP = '30000000-0000-4000-8000-000000000000'
  const team = (more: Record<string, Json> = {}) => ({
    groups: [{ id: 'team', tenant: TENANT, group: GROUP, principals, ...more }],
  })
  const azure = (section: Json, { tokens }: { tokens?: IdTokens } = { tokens: issuer }) => {
    const reader = { id: 'reader', cloud: 'azure', role: ROLE_ID, scope }
    const all = [reader, { ...reader, id: 'pim', scope: vault }, { ...reader, id: 'high', scope: above }]
    const again = { ...reader, id: 'again' }
    const up = { ...reader, id: 'up', scope: `${scope}/providers/a/../b` }
    const app = { ...reader, id: 'app', role: CLIENT, scope: TENANT }
    const team = { ...app, id: 'team', role: GROUP }
    const entitlements = [...all, again, up, app, team]
    const from = { json: { people: [], entitlements }, file: 'catalogue.json' }
    return readConnectors({ json: { azure: section }, file: 'connectors.json' }, from, Date.now, tokens)
  }
  const entry = (more: Record<string, Json> = {}) => ({
    id: 'reader',
    scope,
    role: ROLE_ID,
    principals,
    ...more,
  })

  it('gives what it names, the one way or the other', async () => {
    const registry = await azure({
      assignments: [entry()],
      pim: [entry({ id: 'pim', scope: vault })],
      ...app(),
      ...team(),
    })
    expect(['reader', 'pim', 'app', 'team', 'high'].map((id) => registry.for(asked(id))?.name)).toEqual([
      'azure-assignment',
      'azure-pim',
      'azure-federated',
      'azure-group',
      undefined,
    ])
    const twice = azure({ assignments: [entry()], pim: [entry({ id: 'again' })] })
    await expect(twice).rejects.toMatchObject({ code: 'INPUT_DUPLICATE', place: { file: 'connectors.json' } })
    // What was given before must be taken back, also when nothing is given any more.
    expect((await azure({}, {})).all.map(({ name }) => name)).toContain('azure-federated')
    const alone = { code: 'USAGE', remedy: expect.stringContaining('--issuer') }
    await expect(azure(app(), {})).rejects.toMatchObject(alone)
  })

  it.each([
    ['plain http to elsewhere', { endpoint: 'http://azure.example.com' }, '`/azure/endpoint`'],
    ['a role that approvers are not shown', { pim: [entry({ role: `${ROLE_ID}0` })] }, 'the catalogue shows'],
    ['another place', { assignments: [entry({ scope: above })] }, 'the catalogue shows'],
    [
      'a management group',
      { assignments: [entry({ id: 'high', scope: above })] },
      'a subscription, a resource',
    ],
    [
      'a way up',
      { assignments: [entry({ id: 'up', scope: `${scope}/providers/a/../b` })] },
      'a subscription,',
    ],
    ['another application', app({ client: TENANT }), 'the catalogue shows'],
    ['a group that approvers are not shown', team({ group: CLIENT }), 'the catalogue shows'],
    ['no object of Entra', team({ principals: { 'ana@example.com': 'ana' } }), 'object ids of users'],
    ['a resource with a path', app({ resources: ['https://vault.azure.net/a'] }), 'https://… without a path'],
    ['no resource', app({ resources: [] }), 'one to five'],
    ['a name', { pim: [entry({ principals: { 'ana@example.com': 'ana' } })] }, 'object ids of users'],
  ])('refuses %s', async (_, section, says) => {
    await expect(azure(section as Json)).rejects.toMatchObject({
      code: 'INPUT_SHAPE',
      place: { file: 'connectors.json' },
      message: expect.stringContaining(says),
    })
  })
})
