import { beforeAll, describe, expect, it } from 'vitest'
import { assess } from '../../app/estate/assessment.ts'
import { openSnapshotEstate } from '../../app/estate/open-estate.ts'
import { estateApi } from '../../app/server/estate-api/index.ts'
import type { ApiHandlers } from '../../app/server/index.ts'
import { AmbiguousNodeError } from '../../app/server/index.ts'
import { openEmbeddedStore } from '../../graph/index.ts'
import { demoStore } from './command.ts'

let api: ApiHandlers

beforeAll(async () => {
  const store = openEmbeddedStore(demoStore(), { create: false })
  const snapshot = (await store.snapshots()).at(-1)
  if (snapshot === undefined) throw new RangeError('the demo kept nothing')
  api = estateApi(await assess(await openSnapshotEstate(store, snapshot)))
  return () => store.close()
}, 120_000)

/** The nodes that a question offers when a name of it fits several. */
async function offered(ask: () => Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await ask().catch((thrown: unknown) => thrown)
  if (!(error instanceof AmbiguousNodeError)) throw new RangeError(`not ambiguous: ${String(error)}`)
  return error.nodes.map(({ name, scope }) => `${name} in ${scope}`).sort()
}

describe('what the pages get of the demo', () => {
  it('a name that fits several comes with the nodes, whatever was asked', async () => {
    const roles = ['ledger-prod', 'management', 'payments-prod', 'payroll-prod'].map(
      (account) => `OrganizationAdministrator in lumenly-${account}`,
    )
    const name = 'OrganizationAdministrator'
    const can = { principal: name, action: 's3:GetObject', resource: 'lumenly-payroll-exports' }
    expect(await offered(async () => api.can(can))).toEqual(roles)
    expect(await offered(async () => api.paths({ from: name, to: undefined, limit: 10 }))).toEqual(roles)
    const bucket = { ...can, principal: 'release-deployer', resource: 'payroll-api' }
    expect((await offered(async () => api.can(bucket))).length).toBeGreaterThan(3)
  })

  it('containers are called what their cloud calls them, and can be searched by that', async () => {
    const types = async (q: string) =>
      (await api.search({ q, limit: 50 })).results.filter(({ kind }) => kind === 'container')
    const found = await types('project:lumenly-data-prod')
    expect(found.map(({ type, name }) => `${type} ${name}`)).toEqual(['project lumenly-data-prod'])
    expect((await types('subscription:lumenly-corp-it')).map(({ type }) => type)).toEqual(['subscription'])
    expect((await types('account:lumenly-web-prod')).map(({ type }) => type)).toEqual(['account'])
    expect((await types('rg-erp-staging')).map(({ type }) => type)).toEqual(['resource group'])
  })

  it('what was not seen names the place, not its number', async () => {
    const { gaps } = await api.overview()
    expect(gaps.map(({ scope }) => scope)).toContain('lumenly-sandbox-labs')
  })
})
