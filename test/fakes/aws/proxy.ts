import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http'
import type { Server } from './moto.ts'
import { lackingAnswer } from './lacking.ts'
import type { Answer, Seen } from './wire.ts'

/** What may be done to a request before the server behind sees it; undefined lets it through. */
export type Rule = (seen: Seen) => Answer | undefined

export interface Proxy extends Server {
  /** Every request, in order; refused ones, too. */
  readonly seen: Seen[]
  rule: Rule
}

/** Stands between the SDK and moto: counts, refuses, and answers what moto does not have. */
export async function startProxy(behind: string): Promise<Proxy> {
  const seen: Seen[] = []
  const proxy = { rule: (() => undefined) as Rule }
  const target = new URL(behind)
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const asked = read(incoming, body.toString())
      seen.push(asked)
      const answer = proxy.rule(asked) ?? lackingAnswer(asked)
      if (answer !== undefined) reply(outgoing, answer)
      else pass(incoming, outgoing, body, target)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}

function read(incoming: IncomingMessage, body: string): Seen {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '')
  const [, accessKey = '', region = '', service = ''] = scope ?? []
  const target = String(incoming.headers['x-amz-target'] ?? '')
  const method = incoming.method ?? 'GET'
  const path = incoming.url ?? '/'
  const named = target.slice(target.lastIndexOf('.') + 1) || /(?:^|&)Action=(\w+)/.exec(body)?.[1]
  return { service, region, accessKey, operation: named ?? `${method} ${path}`, method, path, body }
}

function reply(outgoing: ServerResponse, { status, type, body }: Answer): void {
  outgoing.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'fake' }).end(body)
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, target: URL): void {
  const { method, url: path, headers } = incoming
  const onward = forward({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  onward.end(body)
}

/** An error in the form of the request's protocol. */
export function errorFor(seen: Seen, status: number, code: string, message = 'not today'): Answer {
  const isQuery = /(?:^|&)Action=/.test(seen.body)
  if (seen.service === 's3') {
    return {
      status,
      type: 'application/xml',
      body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    }
  }
  if (isQuery && seen.service === 'ec2') {
    const body = `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`
    return { status, type: 'text/xml', body }
  }
  if (isQuery) {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
    return { status, type: 'text/xml', body }
  }
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, code, message }) }
}
