import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileSigner } from '../../broker/audit/signer.ts'
import { openPostgresLedger } from '../../broker/ledger/postgres/grant-ledger.ts'
import { PostgresServer, postgresPrograms } from '../fakes/postgres/server.ts'
import { exported, gomeisa, LAUNCHER, plainEnvironment, temporaryFolder } from './command.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('brokers with one ledger in PostgreSQL', { timeout: 60_000 }, () => {
  const folder = temporaryFolder()
  const [address, wrong] = [join(folder, 'address'), join(folder, 'wrong')]
  const children: ChildProcess[] = []
  let server: PostgresServer
  beforeAll(async () => {
    server = await PostgresServer.start(programs ?? '')
    writeFileSync(address, `${server.address()}\n`)
    writeFileSync(wrong, server.address('postgres', 'hunter2%/'))
  }, 60_000)
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await server.stop()
  })

  /** Starts a broker with a folder of its own, up to its first line. */
  async function broker(name: string): Promise<string> {
    const catalogue = join(
      exported(folder, { 'catalogue.json': { people: [], entitlements: [] } }),
      'catalogue.json',
    )
    const ports = ['--port', '0', '--enrolment-port', '0', '--exporter-port', '0', '--web-port', '0']
    const child = spawn(
      process.execPath,
      [
        ...[LAUNCHER, '--data', join(folder, name), 'broker', 'run', ...ports],
        ...['--catalogue', catalogue, '--ledger-file', address],
      ],
      { env: plainEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] },
    )
    children.push(child)
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return line.toString()
  }

  it('start side by side, and their log is exported and verified with the keys of both', async () => {
    expect(await Promise.all([broker('one'), broker('two')])).toEqual([
      expect.stringContaining('door for devices'),
      expect.stringContaining('door for devices'),
    ])
    const connected = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'gomeisa'"
    expect(await server.ask('postgres', connected)).toEqual([{ n: 2 }])

    const keys: string[] = []
    let text = ''
    for (const name of ['one', 'two']) {
      const data = ['--data', join(folder, name)]
      const ledger = await openPostgresLedger(
        server.address(),
        fileSigner(join(folder, name, 'broker/audit.key')),
      )
      await ledger.transact((tx) => tx.audit({ at: 0, actor: 'ana', event: 'grant.intended', detail: {} }))
      await ledger.close()
      const ran = gomeisa([...data, 'audit', 'export', '--ledger-file', address])
      expect(ran.status).toBe(0)
      text = ran.stdout
      keys.push(join(folder, `${name}.pem`))
      writeFileSync(keys.at(-1) ?? '', gomeisa([...data, 'audit', 'key']).stdout)
    }
    const log = join(folder, 'log.jsonl')
    writeFileSync(log, text)
    // Beside what is written here, each broker says by what it goes.
    expect(text.split('"broker.started"')).toHaveLength(3)
    const verified = gomeisa(['audit', 'verify', log, '--key', ...keys])
    expect([verified.status, verified.stdout]).toEqual([
      0,
      expect.stringContaining('6 records, 2 checkpoints, 0 faults'),
    ])
    expect(gomeisa(['audit', 'verify', log, '--key', keys[0] ?? '']).status).toBe(3)
  })

  it('say what is wrong with the ledger, and never the password', () => {
    const asked = (file: string) =>
      gomeisa(['--data', join(folder, 'three'), 'audit', 'export', '--ledger-file', file], {
        env: { GOMEISA_DEBUG: '1' },
      })
    const refused = asked(wrong)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('error STORE_UNUSABLE')
    expect(refused.stderr).toContain('password authentication failed')
    expect(refused.stdout + refused.stderr).not.toContain('hunter2')
    writeFileSync(wrong, 'postgres://u:hunter2@db.example.com/l?sslmode=prefer')
    const bad = asked(wrong)
    expect([bad.status, bad.stderr]).toEqual([2, expect.stringContaining('error USAGE')])
    expect(bad.stdout + bad.stderr).not.toContain('hunter2')
    expect(asked(join(folder, 'none')).stderr).toContain('error INPUT_UNREADABLE')
  })
})
