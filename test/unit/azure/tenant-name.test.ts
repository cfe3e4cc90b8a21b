import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../../analyzer/azure/analyzer.ts'
import type { Json } from '../../../graph/index.ts'
import { jsonSource, readerOf } from '../../reference/aws-files.ts'

const TENANT = '11111111-2222-3333-4444-555555555556'
const subscription = (more: Record<string, Json>) => ({
  id: '11111111-2222-3333-4444-555555555555',
  name: 'prod',
  tenantId: TENANT,
  ...more,
})

/** What `az account list` says, and what the tenant is called. */
const CASES: readonly (readonly [says: string, rows: readonly Json[], name: string])[] = [
  [
    'its display name',
    [subscription({ tenantDisplayName: 'Acme', tenantDefaultDomain: 'acme.example' })],
    'Acme',
  ],
  [
    'its domain where nobody named it',
    [subscription({ tenantDisplayName: 'Default Directory', tenantDefaultDomain: 'acme.example' })],
    'acme.example',
  ],
  ['its id where no export says more (older CLI, REST)', [subscription({})], TENANT],
  [
    'never the name of another tenant',
    [subscription({}), { ...subscription({ tenantDisplayName: 'Guest' }), id: 'x', tenantId: 'another' }],
    TENANT,
  ],
]

describe('a tenant is called', () => {
  it.each(CASES)('%s', async (_, rows, name) => {
    const loaded = await azureAnalyzer.load(readerOf([jsonSource('azure.subscriptions', rows)]))
    const tenant = loaded.nodes.find((node) => node.kind === 'container' && node.type === 'organization')
    expect(tenant?.name).toBe(name)
  })
})
