import { request } from 'node:http'

export interface SocketAnswer {
  readonly status: number
  readonly body: unknown
}

/** One request over a Unix socket; rejects when there is no whole answer, in JSON or empty, within `patience` milliseconds. */
export function askSocket(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
  patience = 60_000,
): Promise<SocketAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SocketAnswer>()
  const signal = AbortSignal.timeout(patience)
  const asked = request({ socketPath, method, path, agent: false, signal }, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => (text += part))
    answer.once('error', reject)
    answer.once('end', () => {
      try {
        resolve({ status: answer.statusCode ?? 0, body: text === '' ? null : (JSON.parse(text) as unknown) })
      } catch (cause) {
        reject(cause)
      }
    })
  })
  asked.once('error', reject)
  if (body !== undefined) asked.setHeader('Content-Type', 'application/json')
  asked.end(body === undefined ? undefined : JSON.stringify(body))
  return promise
}
