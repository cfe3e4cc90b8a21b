import * as grpc from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { LocalCertificate } from '../tls.ts'
import { ASSETS, POLICIES } from './planted.ts'

/** A call as the fake saw it. */
export interface SeenCall {
  readonly method: string
  /** The scope or path that it asked of. */
  readonly about: string
  readonly page: string
  readonly bearer: string
}

/** What the fake says instead of an answer: a gRPC status number, and seconds to wait. */
export type Refusal =
  { readonly status: number; readonly wait?: number; readonly reason?: string } | undefined

export interface Rules {
  /** Asked before every answer. */
  refuse: (seen: SeenCall) => Refusal
  /** Milliseconds that every answer takes. */
  delay: number
}

const require = createRequire(import.meta.url)
const protos = join(dirname(require.resolve('@google-cloud/asset/package.json')), 'build/protos/protos.json')

interface Asked {
  readonly scope: string
  readonly parent: string
  readonly assetTypes: readonly string[]
  readonly pageToken: string
}
type Call = grpc.ServerUnaryCall<Asked, object>

/** Rows a page, so that a small estate has many pages. */
const ROWS = 5

/** Cloud Asset Inventory over gRPC and TLS, by the protos that Google's client ships. */
export async function assetService(
  { certificate, key }: LocalCertificate,
  seen: SeenCall[],
  rules: Rules,
): Promise<{ readonly port: number; stop(): void }> {
  const loaded = grpc.loadPackageDefinition(
    fromJSON(JSON.parse(readFileSync(protos, 'utf8')) as Parameters<typeof fromJSON>[0], {
      enums: String,
      longs: String,
      defaults: true,
    }),
  ) as unknown as {
    readonly google: {
      readonly cloud: {
        readonly asset: {
          readonly v1: { readonly AssetService: { readonly service: grpc.ServiceDefinition } }
        }
      }
    }
  }
  const answer =
    (
      method: string,
      aboutOf: (asked: Asked) => string,
      rowsOf: (asked: Asked) => readonly object[],
      list: string,
    ) =>
    (call: Call, done: grpc.sendUnaryData<object>) => {
      const asked = call.request
      const bearer = String(call.metadata.get('authorization')[0] ?? '')
      const one = { method, about: aboutOf(asked), page: asked.pageToken, bearer }
      seen.push(one)
      const refusal = rules.refuse(one)
      if (refusal !== undefined) {
        done(
          Object.assign(new grpc.StatusBuilder().withDetails('refused by the fake').build(), {
            code: refusal.status,
          }),
        )
        return
      }
      const from = Number(asked.pageToken === '' ? 0 : asked.pageToken)
      const rows = rowsOf(asked)
      const next = from + ROWS < rows.length ? String(from + ROWS) : ''
      setTimeout(done, rules.delay, null, { [list]: rows.slice(from, from + ROWS), nextPageToken: next })
    }
  const server = new grpc.Server()
  server.addService(loaded.google.cloud.asset.v1.AssetService.service, {
    SearchAllIamPolicies: answer(
      'searchAllIamPolicies',
      ({ scope }) => scope,
      () => POLICIES,
      'results',
    ),
    ListAssets: answer(
      'listAssets',
      ({ assetTypes }) => assetTypes[0] ?? '',
      ({ assetTypes }) =>
        ASSETS.filter((asset) => assetTypes.includes(asset.assetType)).map((asset) => ({
          ...asset,
          resource: { ...asset.resource, data: structOf(asset.resource.data) },
        })),
      'assets',
    ),
  })
  const credentials = grpc.ServerCredentials.createSsl(null, [
    { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) },
  ])
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => {
      if (error === null) resolve(bound)
      else reject(error)
    })
  })
  return {
    port,
    stop: () => {
      server.forceShutdown()
    },
  }
}

/** google.protobuf.Struct of a JSON object. */
function structOf(value: object): object {
  return { fields: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, valueOf(inner)])) }
}

function valueOf(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'number') return { numberValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (Array.isArray(value)) return { listValue: { values: value.map(valueOf) } }
  return typeof value === 'object' && value !== null
    ? { structValue: structOf(value) }
    : { nullValue: 'NULL_VALUE' }
}
