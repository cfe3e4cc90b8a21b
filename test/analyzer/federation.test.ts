import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { Accepts, Presents } from '../../analyzer/federation.ts'
import { joinFederation } from '../../analyzer/federation.ts'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import { ACCEPTED } from '../../analyzer/token.ts'
import { nodeId, observed } from '../../graph/index.ts'
import { memoryReader } from './memory-reader.ts'

const at = { source: 0, pointer: '' }
const because = observed(at, 'seen')
const presenter = nodeId('azure', 'sp')
const target = nodeId('gcp', 'principal://pool/subject/s')

function presents(issuer: string): Presents {
  return { principal: presenter, token: { issuer, claims: new Map(), chosen: new Map() }, because }
}

function accepts(rest: Partial<Accepts>): Accepts {
  return { issuer: 'https://sts.windows.net/t/', becomes: target, judge: () => ACCEPTED, because, ...rest }
}

describe('joinFederation', () => {
  it('joins a token and a trust in its issuer, however the issuer is spelled', () => {
    const edges = joinFederation([presents('sts.windows.net/t')], [accepts({})])
    expect(edges.map(({ from, to, certainty }) => [from, to, certainty])).toEqual([
      [presenter, target, 'certain'],
    ])
  })

  it('does not join another tenant, or what the trust refuses', () => {
    expect(joinFederation([presents('https://sts.windows.net/u/')], [accepts({})])).toEqual([])
    const refuses = accepts({ judge: () => undefined })
    expect(joinFederation([presents('https://sts.windows.net/t/')], [refuses])).toEqual([])
  })

  it('keeps the surest of two ways, and tells what is missing', () => {
    const token = presents('https://sts.windows.net/t/')
    const maybe = accepts({ judge: () => ({ conditions: ['it is Monday'], missing: ['the calendar'] }) })
    const some = accepts({ judge: () => ({ conditions: ['it is Monday'], missing: [] }) })
    expect(joinFederation([token], [maybe])).toMatchObject([
      { certainty: 'unknown', conditions: ['it is Monday', 'the calendar'] },
    ])
    expect(joinFederation([token], [maybe, some])).toMatchObject([{ certainty: 'conditional' }])
  })
})

describe('clouds that trust each other', () => {
  it('are bridged from a managed identity of Azure to a pool of GCP', async () => {
    const tenant = 'aaaaaaaa-0000-0000-0000-000000000000'
    const identity = '00000000-0000-0000-0000-000000000071'
    const pool = '//iam.googleapis.com/projects/22/locations/global/workloadIdentityPools/azure'
    const reader = memoryReader([
      { kind: 'azure.subscriptions', rows: [{ id: 's1', tenantId: tenant }] },
      { kind: 'azure.service-principals', rows: [{ id: identity, servicePrincipalType: 'ManagedIdentity' }] },
      {
        kind: 'gcp.assets',
        rows: [
          {
            name: `${pool}/providers/entra`,
            assetType: 'iam.googleapis.com/WorkloadIdentityPoolProvider',
            resource: {
              data: {
                oidc: { issuerUri: `https://sts.windows.net/${tenant}/`, allowedAudiences: ['x'] },
                attributeMapping: { 'google.subject': 'assertion.sub' },
                attributeCondition: 'assertion.aud == "x"',
              },
            },
          },
          {
            name: '//storage.googleapis.com/b',
            assetType: 'storage.googleapis.com/Bucket',
            iamPolicy: {
              bindings: [
                {
                  role: 'roles/storage.objectViewer',
                  members: [`principal:${pool}/subject/${identity}`, `principal:${pool}/subject/else`],
                },
              ],
            },
          },
        ],
      },
    ])
    const parts = [gcpAnalyzer, azureAnalyzer].map(async (analyzer) => {
      const loaded = await analyzer.load(reader)
      return analyzer.derive(analyzer.engine(loaded.state, new Map()), loaded, [])
    })
    const derived = await Promise.all(parts)
    const edges = joinFederation(
      derived.flatMap(({ presents: all }) => all ?? []),
      derived.flatMap(({ accepts: all }) => all ?? []),
    )
    expect(edges.map(({ from, to, certainty, conditions }) => ({ from, to, certainty, conditions }))).toEqual(
      [
        {
          from: nodeId('azure', identity),
          to: nodeId('gcp', `principal:${pool}/subject/${identity}`),
          certainty: 'conditional',
          conditions: ['aud is x'],
        },
        {
          from: nodeId('gcp', `oidc:https://sts.windows.net/${tenant}/#else`),
          to: nodeId('gcp', `principal:${pool}/subject/else`),
          certainty: 'unknown',
          conditions: [`who gets such tokens of https://sts.windows.net/${tenant}/ was not imported`],
        },
      ],
    )
  })
})
