import type { Json } from '../../graph/index.ts'
import { API_ROUTES, type ApiRoute } from './api-routes.ts'
import { API_SCHEMAS } from './api-schemas.ts'

const json = (schema: string) => ({ schema: { $ref: `#/components/schemas/${schema}` } })

function operationOf(route: ApiRoute): object {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  return {
    operationId: route.operation,
    summary: route.summary,
    ...(route.path.includes('{id}') && { parameters: [id] }),
    ...(route.body !== undefined && {
      requestBody: { required: true, content: { 'application/json': json(route.body) } },
    }),
    responses: {
      '200': {
        description: 'Done, or what is missing.',
        content: { 'application/json': json(route.answer) },
      },
      default: {
        description: 'A problem (RFC 9457); `reason` is stable.',
        content: { 'application/problem+json': json('Problem') },
      },
    },
  }
}

/** The HTTP API as an OpenAPI 3.1 document, made from the table that answers it. `docs/openapi/broker.json` is this. */
export function openApiDocument(): Json {
  const paths = new Map<string, Record<string, object>>()
  for (const route of API_ROUTES) {
    paths.set(route.path, { ...paths.get(route.path), [route.method.toLowerCase()]: operationOf(route) })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gomeisa broker: requests and grants',
      version: '1',
      description:
        'Spoken over the link of a device (mutual TLS, or the agent’s socket), which says who asks. Entitlements are named by ' +
        'the id that the operator gave them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'https://localhost:8443' }],
    security: [{ device: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { device: { type: 'mutualTLS' } },
      schemas: API_SCHEMAS,
    },
  } as Json
}
