import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, runGate } from './gate.ts'

/** A small house in order: each line here is something that the rules allow. */
const HOUSE: Record<string, string> = {
  'package.json': `{ "type": "module", "dependencies": { "kept": "1.0.0", "neo4j-driver": "1.0.0", "pg": "1.0.0" }, "devDependencies": { "tool": "1.0.0" } }`,
  'tsconfig.json': `{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true } }`,
  'graph/index.ts': `export * from './model/cloud.ts'\nexport * from './store/embedded.ts'\nexport * from './store/neo4j.ts'`,
  'graph/model/cloud.ts': `export const CLOUDS = 1`,
  'graph/store/embedded.ts': `import 'node:sqlite'\nimport 'node:fs'\nexport const open = 1`,
  'graph/store/neo4j.ts': `import 'neo4j-driver'\nexport const connect = 1`,
  'collectors/index.ts': `import 'node:fs'\nimport 'node:https'\nimport '../graph/index.ts'\nexport * from './offline/formats/registry.ts'`,
  'collectors/offline/formats/registry.ts': `export * from './aws/roles.ts'\nexport * from './gcp/roles.ts'`,
  'collectors/offline/formats/aws/roles.ts': `export const aws = 1`,
  'collectors/offline/formats/gcp/roles.ts': `export const gcp = 1`,
  'analyzer/index.ts': `export * from './aws/load.ts'\nexport * from './workers/pool.ts'\nimport 'kept'`,
  'analyzer/aws/load.ts': `export * from './evaluate.ts'`,
  'analyzer/aws/evaluate.ts': `import '../../graph/index.ts'\nexport const evaluate = 1`,
  'analyzer/workers/pool.ts': `import 'node:worker_threads'\nexport const pool = 1`,
  'policies/index.ts': `import '../graph/index.ts'`,
  'broker/index.ts': `import '../policies/index.ts'\nimport './ledger/embedded.ts'\nimport './ledger/postgres/session.ts'\nimport './client/agent.ts'\nimport './connectors/one.ts'`,
  'broker/ledger/embedded.ts': `import 'node:sqlite'\nimport '../devices/device.ts'`,
  'broker/ledger/postgres/session.ts': `import 'pg'`,
  'broker/devices/device.ts': `import '../protocol/identity.ts'\nexport const device = 1`,
  'broker/protocol/identity.ts': `export const uri = 1`,
  'broker/grants/connector.ts': `export const port = 1`,
  'broker/connectors/one.ts': `import '../grants/connector.ts'`,
  'broker/client/agent.ts': `import '../protocol/identity.ts'\nimport 'node:net'`,
  'broker/client/link-process.ts': `import 'node:tls'`,
  'app/cli/main.ts': `import '../../collectors/index.ts'\nimport '../../analyzer/index.ts'\nimport '../../broker/index.ts'\nimport '../demo/estate.ts'`,
  'app/demo/estate.ts': `import './aws/accounts.ts'`,
  'app/demo/aws/accounts.ts': `import '../azure/tenant.ts'`,
  'app/demo/azure/tenant.ts': `export const tenant = 1`,
  'app/server/api.ts': `export interface Api { a: 1 }`,
  'ui/main.tsx': `import type { Api } from '../app/server/api.ts'\nimport 'tool'\nexport const a: Api = { a: 1 }`,
  'test/analyzer/aws/load.test.ts': `import '../../../collectors/offline/formats/gcp/roles.ts'`,
  'test/any.test.ts': `import '../graph/model/cloud.ts'\nimport 'tool'\nimport '../app/cli/main.ts'`,
}
for (const name of ['kept', 'tool', 'neo4j-driver', 'pg', 'stranger']) {
  HOUSE[`node_modules/${name}/package.json`] = `{ "name": "${name}", "version": "1.0.0", "main": "index.js" }`
  HOUSE[`node_modules/${name}/index.js`] = ''
}

/** One offence each: what is planted (file, text), and everything that the gate must then say. */
const OFFENCES: readonly (readonly [file: string, text: string, ...said: readonly string[]])[] = [
  [
    'graph/upwards.ts',
    `import '../analyzer/index.ts'`,
    'graph-imports-downwards: graph/upwards.ts -> analyzer/index.ts',
  ],
  [
    'collectors/meaning.ts',
    `import type {} from '../analyzer/index.ts'`,
    'collectors-imports-downwards: collectors/meaning.ts -> analyzer/index.ts',
  ],
  [
    'analyzer/writes.ts',
    `import '../broker/index.ts'`,
    'analyzer-imports-downwards: analyzer/writes.ts -> broker/index.ts',
  ],
  [
    'policies/finds.ts',
    `import '../analyzer/index.ts'`,
    'policies-imports-downwards: policies/finds.ts -> analyzer/index.ts',
  ],
  [
    'broker/reads.ts',
    `import '../collectors/index.ts'`,
    'broker-imports-downwards: broker/reads.ts -> collectors/index.ts',
  ],
  [
    'ui/estate.ts',
    `import type {} from '../graph/index.ts'`,
    'ui-imports-the-api-only: ui/estate.ts -> graph/index.ts',
  ],
  ['ui/value.ts', `import '../app/server/api.ts'`, 'ui-imports-types-only: ui/value.ts -> app/server/api.ts'],
  ['ui/disk.ts', `import 'node:fs'`, 'ui-runs-in-a-browser: ui/disk.ts -> fs'],
  [
    'graph/wiring.ts',
    `import '../app/server/api.ts'`,
    'nobody-imports-app: graph/wiring.ts -> app/server/api.ts',
  ],
  ['app/fake.ts', `import '../test/fake.ts'`, 'product-imports-no-test: app/fake.ts -> test/fake.ts'],
  [
    'analyzer/back-door.ts',
    `import '../graph/model/cloud.ts'`,
    'one-door: analyzer/back-door.ts -> graph/model/cloud.ts',
  ],
  [
    'app/back-door.ts',
    `import '../analyzer/workers/pool.ts'`,
    'one-door: app/back-door.ts -> analyzer/workers/pool.ts',
  ],
  [
    'collectors/offline/formats/gcp/borrowed.ts',
    `import '../aws/roles.ts'`,
    'clouds-are-strangers: collectors/offline/formats/gcp/borrowed.ts -> collectors/offline/formats/aws/roles.ts',
  ],
  [
    'analyzer/risk.ts',
    `import './aws/load.ts'`,
    'neutral-code-names-no-cloud: analyzer/risk.ts -> analyzer/aws/load.ts',
  ],
  [
    'collectors/database.ts',
    `import 'node:sqlite'`,
    'database-in-the-store-only: collectors/database.ts -> node:sqlite',
  ],
  [
    'app/database.ts',
    `import 'neo4j-driver'`,
    'database-in-the-store-only: app/database.ts -> node_modules/neo4j-driver/index.js',
  ],
  [
    'broker/grants/database.ts',
    `import 'pg'`,
    'database-in-the-store-only: broker/grants/database.ts -> node_modules/pg/index.js',
  ],
  [
    'broker/client/server.ts',
    `import '../devices/device.ts'`,
    'agent-is-not-the-broker: broker/client/server.ts -> broker/devices/device.ts',
  ],
  [
    'broker/ledger/asks.ts',
    `import '../client/agent.ts'`,
    'broker-is-not-the-agent: broker/ledger/asks.ts -> broker/client/agent.ts',
  ],
  [
    'broker/devices/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'devices-know-ports-only: broker/devices/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/grants/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'grants-know-ports-only: broker/grants/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/requests/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'requests-know-ports-only: broker/requests/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/connectors/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'connectors-know-their-port-only: broker/connectors/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/issuer/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'issuer-decides-nothing: broker/issuer/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/gateway/issues.ts',
    `import '../connectors/one.ts'`,
    'grants-know-no-connector: broker/gateway/issues.ts -> broker/connectors/one.ts',
  ],
  [
    'broker/people/remembers.ts',
    `import '../ledger/embedded.ts'`,
    'people-know-ports-only: broker/people/remembers.ts -> broker/ledger/embedded.ts',
  ],
  [
    'broker/gateway/knows.ts',
    `import '../people/person.ts'`,
    'door-knows-no-people: broker/gateway/knows.ts -> broker/people/person.ts',
  ],
  [
    'broker/protocol/knows.ts',
    `import '../devices/device.ts'`,
    'wire-forms-know-nobody: broker/protocol/knows.ts -> broker/devices/device.ts',
  ],
  ['graph/disk.ts', `import 'node:fs/promises'`, 'graph-touches-no-world: graph/disk.ts -> fs/promises'],
  ['graph/thread.ts', `import 'worker_threads'`, 'graph-touches-no-world: graph/thread.ts -> worker_threads'],
  ['analyzer/network.ts', `import 'node:https'`, 'analyzer-touches-no-world: analyzer/network.ts -> https'],
  [
    'analyzer/process.ts',
    `await import('node:child_process')`,
    'analyzer-touches-no-world: analyzer/process.ts -> child_process',
  ],
  [
    'analyzer/thread.ts',
    `import 'node:worker_threads'`,
    'threads-in-workers-only: analyzer/thread.ts -> worker_threads',
  ],
  [
    'graph/model/rich.ts',
    `import type {} from 'kept'`,
    'kernel-has-no-dependency: graph/model/rich.ts -> node_modules/kept/index.js',
  ],
  ['app/dev.ts', `import 'tool'`, 'no-dev-dependency-in-product: app/dev.ts -> node_modules/tool/index.js'],
  ['app/luck.ts', `import 'stranger'`, 'imports-are-declared: app/luck.ts -> node_modules/stranger/index.js'],
  ['app/gone.ts', `import './nowhere.ts'`, 'imports-resolve: app/gone.ts -> ./nowhere.ts'],
  ['graph/junk.ts', `import './utils/all.ts'`, 'no-junk-drawer: graph/junk.ts -> graph/utils/all.ts'],
]
/** Planted beside them: not offences themselves, but needed by one. */
const COMPANIONS: Record<string, string> = {
  'broker/people/person.ts': 'export const person = 1',
  'test/fake.ts': '',
  'graph/utils/all.ts': '',
}

test(
  'a house in order passes, and each planted offence is named by its rule and by no other',
  { timeout: 120_000 },
  () => {
    const root = mkdtempSync(join(tmpdir(), 'gomeisa-planted-'))
    const write = (files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(root, dirname(path)), { recursive: true })
        writeFileSync(join(root, path), `${text}\n`)
      }
    }
    try {
      write(HOUSE)
      expect(runGate(root).offences).toEqual([])

      write(COMPANIONS)
      write(Object.fromEntries(OFFENCES.map(([path, text]) => [path, text])))
      write({
        'graph/model/left.ts': `import type {} from './right.ts'`,
        'graph/model/right.ts': `import type {} from './left.ts'`,
        'analyzer/forgotten.ts': `import './index.ts'`,
      })
      const { offences } = runGate(root)
      // Nothing imports what was planted, so each is an orphan besides.
      const orphans = [...OFFENCES.map(([path]) => path), 'analyzer/forgotten.ts'].map(
        (path) => `no-orphan: ${path}`,
      )
      const cycle = offences.filter((said) => said.startsWith('no-cycle: '))
      expect(cycle).toHaveLength(1)
      expect(cycle[0]).toMatch(
        /^no-cycle: graph\/model\/(?:left|right)\.ts -> graph\/model\/(?:left|right)\.ts$/,
      )
      const expected = [...OFFENCES.flatMap(([, , ...said]) => said), ...orphans, ...cycle]
      expect([...offences].sort()).toEqual(expected.sort())
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  },
)

test('every rule has an offence planted against it', async () => {
  const { default: config } = (await import(join(ROOT, '.dependency-cruiser.cjs'))) as {
    default: { forbidden: { name: string; comment: string }[] }
  }
  const planted = new Set(OFFENCES.flatMap(([, , ...said]) => said.map((line) => line.split(':')[0])))
  for (const name of ['no-cycle', 'no-orphan']) planted.add(name)
  expect([...planted].sort()).toEqual(config.forbidden.map(({ name }) => name).sort())
  expect(config.forbidden.filter(({ comment }) => comment.length < 20)).toEqual([])
})
