import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import type { LocalCertificate } from '../tls.ts'

export interface Binding {
  readonly role: string
  readonly members: readonly string[]
  readonly condition?: {
    readonly title: string
    readonly expression: string
    readonly description?: string
  }
}
export interface Policy {
  readonly version?: number
  readonly etag?: string
  readonly bindings?: readonly Binding[]
  readonly auditConfigs?: readonly object[]
}
/** `lost`: done, and no answer. `deaf`: not done, and said to be. */
export type Trouble = number | 'lost' | 'deaf' | undefined

const STATUS: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_ARGUMENT'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'ABORTED'],
  [429, 'RESOURCE_EXHAUSTED'],
  [503, 'UNAVAILABLE'],
])
export const TOKEN = 'access-token-of-the-broker'
const hasConditions = ({ bindings = [] }: Policy) => bindings.some(({ condition }) => condition !== undefined)

/** Another part of the cloud at the same address: what it answers, if it is asked at all. */
export type AlsoThere = (
  request: IncomingMessage,
  body: string,
) => Promise<readonly [number, object] | undefined>

/**
 * Allow policies as the REST APIs of Resource Manager and IAM (service accounts) keep them: etags, and versions with all they destroy; and the exchange of a token.
 * Over TLS.
 */
export async function policyService({ certificate, key }: LocalCertificate) {
  let also: AlsoThere = () => Promise.resolve(undefined)
  const policies = new Map<string, Policy>()
  const seen: { readonly method: string; readonly resource: string; readonly body: string }[] = []
  let etags = 0
  const service = {
    policies,
    seen,
    trouble: (() => undefined) as (method: string) => Trouble,
    /** Between a read and the write that follows it. */
    meanwhile: (() => undefined) as (resource: string) => void,
    put(resource: string, bindings: readonly Binding[]) {
      const auditConfigs = [{ service: 'allServices' }]
      const version = hasConditions({ bindings }) ? 3 : 1
      policies.set(resource, { version, etag: `e${++etags}=`, bindings, auditConfigs })
    },
    set also(other: AlsoThere) {
      also = other
    },
    port: 0,
    stop: (() => undefined) as () => void,
  }
  const answer = (resource: string, method: string, body: string): readonly [number, object | undefined] => {
    const policy = policies.get(resource)
    if (policy === undefined) return [404, undefined]
    const asked = JSON.parse(body) as { options?: { requestedPolicyVersion?: number }; policy?: Policy }
    if (method === 'getIamPolicy') {
      if (asked.options?.requestedPolicyVersion === 3 || !hasConditions(policy)) return [200, policy]
      // Below version 3 Google gives the roles out with their conditions cut off.
      const bindings = (policy.bindings ?? []).map(({ role, members, condition }) =>
        condition === undefined ? { role, members } : { role: `${role}_withcond_0123`, members },
      )
      return [200, { ...policy, version: 1, bindings }]
    }
    const given = asked.policy ?? {}
    if (given.etag !== undefined && given.etag !== policy.etag) return [409, undefined]
    if (hasConditions(given) && given.version !== 3) return [400, undefined]
    const { bindings = [] } = given
    service.put(resource, bindings)
    return [200, policies.get(resource)]
  }
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then(async (body) => {
      const say = (status: number, data: object) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data))
      }
      const fail = (code: number) => {
        const error = { code, status: STATUS.get(code), message: `secret text about ${body}` }
        say(code, { error })
      }
      if (request.url === '/token') {
        const type = 'urn:ietf:params:oauth:token-type:access_token'
        say(200, { access_token: TOKEN, issued_token_type: type, token_type: 'Bearer', expires_in: 3600 })
        return
      }
      const other = await also(request, body)
      if (other !== undefined) {
        say(...other)
        return
      }
      const { pathname, searchParams } = new URL(request.url ?? '', 'https://localhost')
      const [, resource = '', method = ''] = /^\/v[13]\/(.+):(\w+IamPolicy)$/.exec(pathname) ?? []
      const isAccount = resource.includes('/serviceAccounts/')
      // Resource Manager is asked for a version in the body, IAM in the address (v1).
      const version = Number(searchParams.get('options.requestedPolicyVersion'))
      if (
        isAccount === pathname.startsWith('/v3/') ||
        (isAccount && method === 'getIamPolicy' && body !== '{}')
      ) {
        fail(400)
        return
      }
      const options = isAccount ? JSON.stringify({ options: { requestedPolicyVersion: version } }) : body
      const asked = method === 'getIamPolicy' ? options : body
      seen.push({ method, resource, body })
      if (request.method !== 'POST' || request.headers.authorization !== `Bearer ${TOKEN}`) {
        fail(403)
        return
      }
      if (method === 'setIamPolicy') service.meanwhile(resource)
      const trouble = service.trouble(method)
      if (typeof trouble === 'number') {
        fail(trouble)
        return
      }
      const [status, data] =
        trouble === 'deaf' ? [200, policies.get(resource)] : answer(resource, method, asked)
      if (trouble === 'lost') request.socket.destroy()
      else if (data === undefined) fail(status)
      else say(status, data)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  service.port = (server.address() as AddressInfo).port
  service.stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return service
}
