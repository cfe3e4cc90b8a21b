import fc from 'fast-check'
import { expect, it } from 'vitest'
import { importFiles } from '../../collectors/index.ts'
import {
  contentHash,
  GomeisaError,
  type GraphStore,
  type Instant,
  type Json,
  type SnapshotDraft,
} from '../../graph/index.ts'
import { findSyntaxProblem } from '../../collectors/offline/read/syntax.ts'

/** Takes everything and keeps nothing: these tests are about what is read. */
const store = {
  async write(fill) {
    const draft: SnapshotDraft = await fill({ put: contentHash })
    return { snapshot: { id: '' as never, ...draft }, isNew: true }
  },
} as Pick<GraphStore, 'write'> as GraphStore

const NOW = '2026-11-20T12:00:00Z' as Instant

/** Keys and values that steer a document into every format. */
const words = fc.constantFrom(
  'UserDetailList',
  'RoleDetailList',
  'Policies',
  'Arn',
  'UserName',
  'PolicyDocument',
  'Organization',
  'Roots',
  'Accounts',
  'Id',
  'Policy',
  'PolicySummary',
  'Content',
  'Targets',
  'arn',
  'policy',
  'type',
  'Results',
  'resourceType',
  'call',
  'parameters',
  'response',
  'error',
  'code',
  'Ous',
  'Scps',
  'bindings',
  'resource',
  'assetType',
  'name',
  'roleDefinitionId',
  'principalId',
  'properties',
  'value',
  'kind',
  'data',
  'AZUser',
  'Statement',
  'Effect',
  'organizations:ListAccounts',
  'arn:aws:iam::111122223333:user/x',
  'AWS::S3::Bucket',
  'SERVICE_CONTROL_POLICY',
  'InlinePolicy',
  'PermissionSet',
  'Instances',
  'Users',
  'IdentityStoreId',
  'toString',
  'constructor',
)
const { document } = fc.letrec<{ document: Json }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(words, fc.jsonValue({ maxDepth: 0 }) as fc.Arbitrary<Json>),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof({ weight: 9, arbitrary: words }, { weight: 1, arbitrary: fc.string() }),
      tie('document'),
      { maxKeys: 5 },
    ),
  ),
}))

async function outcome(text: string | Uint8Array): Promise<string> {
  try {
    const report = await importFiles([{ origin: 'x.json', bytes: Buffer.from(text) }], { store, now: NOW })
    return report.snapshot.sources.map(({ kind }) => kind).join()
  } catch (error) {
    if (error instanceof GomeisaError && error.code.startsWith('INPUT_')) return error.code
    throw error
  }
}

it('any JSON document is taken or refused, and never crashes an importer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '\n', ' '),
      async (documents, end) => {
        await outcome(documents.map((each) => JSON.stringify(each)).join('\n') + end)
      },
    ),
    { numRuns: 3_000 },
  )
})

it('any bytes are taken or refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('', '{"', '[{', 'PK\x03\x04', '\x1f\x8b\x08'),
      async (bytes, start) => {
        await outcome(Buffer.concat([Buffer.from(start, 'latin1'), bytes]))
      },
    ),
    { numRuns: 2_000 },
  )
})

it('a syntax problem is found exactly when the runtime refuses a text, and where the text can still be completed', () => {
  const broken = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '1', 'e', ' '))
    .map(
      ([text, at, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1),
    )
  fc.assert(
    fc.property(broken, (text) => {
      let isValid = true
      try {
        JSON.parse(text)
      } catch {
        isValid = false
      }
      const problem = findSyntaxProblem(Buffer.from(text))
      expect(problem === undefined).toBe(isValid)
      if (problem !== undefined) expect(problem.offset).toBeLessThanOrEqual(Buffer.byteLength(text))
    }),
    { numRuns: 5_000 },
  )
})
