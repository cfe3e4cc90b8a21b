/**
 * The house rules of docs/architecture.md, as a gate. Every comment says what to do instead.
 * `test/architecture/` proves that the gate sees all files and that each rule fires.
 */
const ROOMS = ['graph', 'collectors', 'analyzer', 'policies', 'broker', 'ui', 'app']
const any = (rooms) => `^(?:${rooms.join('|')})/`
/** A path that belongs to one cloud: a folder `aws/` or a file `aws.ts`, at any depth. */
const CLOUD_PART = '/(?:aws|gcp|azure)(?:/|[.]ts$)'
/** One made-up estate that spans the clouds on purpose. */
const DEMO = '^app/demo/'
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']
const DATABASE_DRIVERS = '^(?:node:)?sqlite$|(?:^|/)(?:neo4j-driver|pg)(?:/|$)'
const core = (...modules) => `^(?:node:)?(?:${modules.join('|')})(?:/|$)`
const OUTSIDE_WORLD = core(
  ...[
    'child_process',
    'cluster',
    'dgram',
    'dns',
    'fs',
    'http',
    'http2',
    'https',
    'inspector',
    'net',
    'repl',
    'tls',
  ],
)

/** `room` may import itself and the rooms of `below`; that nobody imports app/ and test/ has rules of its own. */
const mayImport = (room, below, comment) => ({
  name: `${room}-imports-downwards`,
  severity: 'error',
  comment,
  from: { path: `^${room}/` },
  to: { path: any(ROOMS.filter((other) => other !== room && other !== 'app' && !below.includes(other))) },
})
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    mayImport('graph', [], 'The vocabulary knows nobody. Move the need up, or the concept down.'),
    mayImport(
      'collectors',
      ['graph'],
      'Collectors keep answers and give them no meaning: that is analyzer/.',
    ),
    mayImport(
      'analyzer',
      ['graph'],
      'The side that reads clouds never reaches the side that changes them; app/ wires.',
    ),
    mayImport(
      'policies',
      ['graph'],
      'A policy decides over the vocabulary alone; pass it what it must know.',
    ),
    mayImport(
      'broker',
      ['policies', 'graph'],
      'Who can change a cloud stays small: it meets analyzer/ in data only.',
    ),
    forbid(
      'ui-imports-the-api-only',
      'The browser knows the HTTP API and nothing else of ours: add what it needs to app/server/api.ts.',
      { path: '^ui/' },
      { path: any(ROOMS.filter((room) => room !== 'ui')), pathNot: '^app/server/api[.]ts$' },
    ),
    forbid(
      'ui-imports-types-only',
      'Server code must not end up in the bundle: write `import type`.',
      { path: '^ui/' },
      { path: '^app/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'ui-runs-in-a-browser',
      'There is no Node in a browser: ask the server.',
      { path: '^ui/', pathNot: '^ui/(?:vite[.]config[.]ts|build-if-needed[.]mjs)$' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'nobody-imports-app',
      'app/ wires the others; what another room needs belongs in a room below both.',
      { path: any(ROOMS.filter((room) => room !== 'app' && room !== 'ui')) },
      { path: '^app/' },
    ),
    forbid(
      'product-imports-no-test',
      'A product that runs its own tests ships them: put a port in the product and the fake in test/.',
      { path: any(ROOMS) },
      { path: '^test/' },
    ),
    forbid(
      'one-door',
      'Another room is entered through its index.ts: export the thing there, or do without it.',
      { path: `^(${ROOMS.join('|')})/` },
      {
        path: any(['graph', 'collectors', 'analyzer', 'policies', 'broker']),
        pathNot: ['^$1/', '^[^/]+/index[.]ts$'],
      },
    ),
    forbid(
      'clouds-are-strangers',
      'What two clouds need is a concept that is missing one level up.',
      { path: '/(aws|gcp|azure)(?:/|[.]ts$)', pathNot: [DEMO, '^test/'] },
      { path: CLOUD_PART, pathNot: ['/$1(?:/|[.]ts$)', 'node_modules'] },
    ),
    forbid(
      'neutral-code-names-no-cloud',
      'Ask a property of a registered part; only index.ts or registry.ts of the same room lists the clouds.',
      { path: any(ROOMS), pathNot: [CLOUD_PART, '/(?:index|registry)[.]ts$', DEMO] },
      { path: CLOUD_PART, pathNot: 'node_modules' },
    ),
    forbid(
      'database-in-the-store-only',
      'Go through a port (GraphStore, DeviceStore): graph/store/ and broker/ledger/ alone know a database.',
      { path: any(ROOMS), pathNot: '^(?:graph/store|broker/ledger)/' },
      { path: DATABASE_DRIVERS },
    ),
    forbid(
      'agent-is-not-the-broker',
      'What runs on a person’s machine holds nothing of the server: meet in broker/protocol/ and broker/tpm/.',
      { path: '^broker/client/' },
      {
        path: '^broker/(?:devices|gateway|ledger|people|grants|audit|requests|connectors|credentials|issuer)/',
      },
    ),
    forbid(
      'broker-is-not-the-agent',
      'What decides about devices never runs their code: meet in broker/protocol/ and broker/tpm/.',
      {
        path: '^broker/(?:devices|gateway|ledger|people|grants|audit|requests|connectors|credentials|issuer)/',
      },
      { path: '^broker/client/' },
    ),
    forbid(
      'devices-know-ports-only',
      'Who a device is, is decided without a database and without a connection: take a DeviceStore.',
      { path: '^broker/devices/' },
      { path: '^broker/(?:gateway|ledger|people)/' },
    ),
    forbid(
      'grants-know-ports-only',
      'Grants are decided without a database and without a connection: take a GrantLedger.',
      { path: '^broker/(?:grants|audit)/' },
      { path: '^broker/(?:gateway|ledger|people|requests)/' },
    ),
    forbid(
      'requests-know-ports-only',
      'Requests are decided without a database and without a cloud: take a RequestLedger and a ConnectorRegistry.',
      { path: '^broker/requests/' },
      { path: '^broker/(?:ledger|connectors)/' },
    ),
    forbid(
      'connectors-know-their-port-only',
      'A connector changes one cloud and knows nothing of devices, people or the ledger: meet in broker/grants/connector.ts.',
      { path: '^broker/connectors/' },
      { path: '^broker/', pathNot: '^broker/(?:connectors/|grants/connector[.]ts$)' },
    ),
    forbid(
      'issuer-decides-nothing',
      'Who gets a token is decided before: the issuer knows keys, and the port in broker/grants/connector.ts.',
      { path: '^broker/issuer/' },
      { path: '^broker/', pathNot: '^broker/(?:issuer/|grants/connector[.]ts$|devices/key-file[.]ts$)' },
    ),
    forbid(
      'grants-know-no-connector',
      'Grants are given their connectors: take the port.',
      { path: '^broker/(?:grants|audit|credentials|gateway|people|devices|ledger)/' },
      { path: '^broker/connectors/' },
    ),
    forbid(
      'people-know-ports-only',
      'Who is present is decided without a database: take a PeopleStore.',
      { path: '^broker/people/' },
      { path: '^broker/ledger/' },
    ),
    forbid(
      'door-knows-no-people',
      'The door lets devices in and knows nobody else: give it routes (BrokerOptions.routes).',
      { path: '^broker/gateway/' },
      { path: '^broker/(?:people|requests)/' },
    ),
    forbid(
      'wire-forms-know-nobody',
      'Both ends read these: they import only each other and the refusals.',
      { path: '^broker/(?:protocol|tpm|der)/' },
      { path: '^broker/(?:client|devices|gateway|ledger|people)/' },
    ),
    forbid(
      'graph-touches-no-world',
      'The vocabulary is pure; files and networks are for collectors/, graph/store/ and app/.',
      { path: '^graph/', pathNot: '^graph/store/' },
      { dependencyTypes: ['core'], path: `${OUTSIDE_WORLD}|${core('worker_threads')}` },
    ),
    forbid(
      'analyzer-touches-no-world',
      'The analysis is a function of the snapshot: take bytes as a parameter.',
      { path: '^analyzer/' },
      { dependencyTypes: ['core'], path: OUTSIDE_WORLD },
    ),
    forbid(
      'threads-in-workers-only',
      'Threads are started and spoken to in analyzer/workers/; the rest of the analysis does not know of them.',
      { path: '^analyzer/', pathNot: '^analyzer/workers/' },
      { dependencyTypes: ['core'], path: core('worker_threads') },
    ),
    forbid(
      'kernel-has-no-dependency',
      'Everything rests on graph/model and graph/permissions: write the few lines, or move the need out.',
      { path: '^graph/(?:model|permissions)/' },
      { dependencyTypes: NPM },
    ),
    forbid(
      'no-dev-dependency-in-product',
      'A production install must run: make it a dependency (and give it a line in docs/dependencies.md).',
      { path: any(ROOMS), pathNot: '^ui/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'imports-are-declared',
      'An import that package.json does not name works by luck: declare it, or correct the path.',
      { path: any([...ROOMS, 'test']) },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    forbid('imports-resolve', 'There is nothing at the other end.', {}, { couldNotResolve: true }),
    forbid(
      'no-cycle',
      'Types included: find the concept that both need, and put it below both.',
      {},
      { circular: true },
    ),
    forbid(
      'no-junk-drawer',
      'A name that says nothing collects everything. Name the concept.',
      {},
      { path: '(?:^|/)(?:utils?|helpers?|common|misc|shared|lib)(?:[.]tsx?$|/)', pathNot: 'node_modules' },
    ),
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing of the product imports it: delete it, or wire it.',
      from: { path: any(ROOMS) },
      module: {
        path: any(ROOMS),
        pathNot: [
          '^[^/]+/index[.]ts$',
          '[.]d[.]ts$',
          '^app/runtime/package[.]json$',
          '^app/(?:cli/main[.]ts|cli/bin[.]mjs|server/api[.]ts|packing/compile[.]ts)$',
          '^ui/(?:main[.]tsx|vite[.]config[.]ts|build-if-needed[.]mjs)$',
          // Started by URL, not imported.
          '[.-]worker[.]ts$|/worker[.]ts$|-process[.]ts$',
        ],
        numberOfDependentsLessThan: 1,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|ui/dist|ui/[.]dist|coverage|[.]gomeisa|[.]bench)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
