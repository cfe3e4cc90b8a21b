import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { fileSigner } from '../../broker/audit/signer.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { gomeisa, temporaryFolder } from './command.ts'

const SCHEMAS = join(import.meta.dirname, '../../docs/schema')
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
for (const file of readdirSync(SCHEMAS))
  ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as object)

it('exports what an operator changed, and who it was, though no broker ran', () => {
  const data = join(temporaryFolder(), 'data')
  const broker = (...args: readonly string[]) => gomeisa(['--data', data, '--json', 'broker', ...args])
  const locked = broker('lock', '--person', 'ana', '--reason', 'laptop stolen')
  const { result } = JSON.parse(locked.stdout) as { result: { lock: { id: string; by: string } } }
  expect(broker('unlock', result.lock.id).status).toBe(0)
  expect(broker('invite', '--person', 'bo', '--device', 'laptop').status).toBe(0)
  const endorsement = 'ab'.repeat(32)
  expect(broker('trust', 'add', endorsement).status).toBe(0)
  for (let i = 0; i < 2; i++) {
    const lines = gomeisa(['--data', data, 'audit', 'export']).stdout.trim().split('\n')
    const records = lines.map((line) => JSON.parse(line) as { event: string; actor: string; detail: object })
    expect(records.map(({ event, actor, detail }) => [event, actor, detail]).slice(0, 4)).toEqual([
      [
        'lock.set',
        result.lock.by,
        { lock: result.lock.id, person: 'ana', reason: 'laptop stolen', until: null },
      ],
      ['lock.lifted', result.lock.by, { lock: result.lock.id }],
      ['device.invited', result.lock.by, { person: 'bo', device: 'laptop', atLeast: 'tpm' }],
      ['trust.added', result.lock.by, { kind: 'endorsement-key', sha256: endorsement }],
    ])
    expect(records.slice(4).every(({ event }) => event === 'audit.checkpoint')).toBe(true)
  }
})

it('exports the log, verifies it without the broker, and names what was changed', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const [log, key] = [join(folder, 'log.jsonl'), join(folder, 'key.pem')]
  const ledger = openGrantLedger(join(data, 'broker/grants.db'), fileSigner(join(data, 'broker/audit.key')))
  for (const event of ['grant.intended', 'grant.active', 'grant.ended']) {
    await ledger.transact((tx) =>
      tx.audit({ at: 0, actor: 'ana', event, grant: 'g1', detail: { person: 'ana' } }),
    )
  }
  await ledger.close()

  const exported = gomeisa(['--data', data, 'audit', 'export'])
  expect(exported).toMatchObject({ status: 0 })
  writeFileSync(log, exported.stdout)
  writeFileSync(key, gomeisa(['--data', data, 'audit', 'key']).stdout)
  const verified = gomeisa(['audit', 'verify', log, '--key', key])
  expect(verified).toMatchObject({ status: 0 })
  expect(verified.stdout).toContain('4 records, 1 checkpoints, 0 faults')
  expect(gomeisa(['audit', 'verify', log]).status).toBe(4)

  writeFileSync(log, exported.stdout.replace('grant.active', 'grant.bctive'))
  const changed = gomeisa(['--json', 'audit', 'verify', log, '--key', key])
  expect(changed.status).toBe(3)
  const { result } = JSON.parse(changed.stdout) as { result: { faults: unknown[] } }
  expect(ajv.validate('envelope.json', JSON.parse(changed.stdout)), JSON.stringify(ajv.errors)).toBe(true)
  expect(ajv.validate('audit.json', result), JSON.stringify(ajv.errors)).toBe(true)
  expect(result.faults).toMatchObject([{ kind: 'changed', seq: 2, line: 2 }])

  const events = gomeisa(['--data', data, 'audit', 'export', '--format', 'ocsf']).stdout.trim().split('\n')
  expect(events.map((line) => (JSON.parse(line) as { class_uid: number }).class_uid)).toEqual([
    3004, 3005, 3005, 3004,
  ])
  expect(gomeisa(['audit', 'verify', join(folder, 'none')]).status).toBe(2)
  expect(gomeisa(['audit', 'verify', log, '--head', 'x']).status).toBe(2)
})
