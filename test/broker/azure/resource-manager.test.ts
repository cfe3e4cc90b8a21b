import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ResourceManager } from '../../../broker/connectors/azure/resource-manager.ts'

const TOKEN = 'access-token-of-the-broker'
const signal = new AbortController().signal
const heard: (string | undefined)[] = []
/** Where the token must never go. */
const elsewhere = createServer((request, response) => {
  heard.push(request.headers.authorization)
  response.end('{"value":[]}')
})
const cloud = createServer((request, response) => {
  const { port } = elsewhere.address() as AddressInfo
  const there = `http://127.0.0.1:${port}/`
  if (request.url?.startsWith('/msi') === true) {
    const expires_on = String(Math.floor(Date.now() / 1000) + 3600)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ access_token: TOKEN, expires_on, resource: 'r', token_type: 'Bearer' }))
  } else if (request.url?.startsWith('/list') === true)
    response.end(JSON.stringify({ value: [], nextLink: there }))
  else if (request.url?.startsWith('/endless') === true)
    response.end(JSON.stringify({ value: [{}], nextLink: `http://${request.headers.host}/endless` }))
  else response.writeHead(307, { location: there }).end()
})
let arm: ResourceManager
beforeAll(async () => {
  for (const server of [elsewhere, cloud])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`
  vi.stubEnv('IDENTITY_ENDPOINT', `${endpoint}/msi`)
  vi.stubEnv('IDENTITY_HEADER', 'secret')
  arm = new ResourceManager({ endpoint })
})
afterAll(() => {
  vi.unstubAllEnvs()
  for (const server of [elsewhere, cloud]) {
    server.closeAllConnections()
    server.close()
  }
})

it('the token goes to one address only, and a list without an end is none', async () => {
  await expect(arm.list('/list', 'f', '1', signal)).rejects.toThrow('goes on at another address')
  await expect(arm.list('/endless', 'f', '1', signal)).rejects.toThrow('has no end')
  await expect(arm.send('GET', '/moved', '1', signal)).rejects.toThrow()
  expect(heard).toEqual([])
})
