import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

const HOW = 'apt-get install postgresql'
const PASSWORD = 'correct-horse-%/?#'

/** The folder of PostgreSQL's programs, the newest there are; undefined: a suite may then skip itself, but not in CI. */
export function postgresPrograms(): string | undefined {
  const found = globSync('/usr/lib/postgresql/*/bin/initdb').sort((a, b) => versionIn(a) - versionIn(b))
  const newest = found.at(-1)
  if (newest !== undefined) return join(newest, '..')
  if (process.env['CI']) throw new Error(`CI needs PostgreSQL for the tests of the ledger: ${HOW}`)
  process.stderr.write(`tests of the ledger in PostgreSQL skipped: there is none (${HOW})\n`)
  return undefined
}

const versionIn = (path: string): number => Number(/postgresql\/(\d+)/.exec(path)?.[1] ?? 0)

/** A server of its own in a temporary folder, which can be killed and started again; it does not run as root. */
export class PostgresServer {
  readonly #programs: string
  readonly #folder: string
  readonly #user: { readonly uid?: number; readonly gid?: number }
  readonly port: number
  #process: ChildProcess | undefined

  private constructor(programs: string, port: number) {
    this.#programs = programs
    this.port = port
    // In memory where there is such a place: thousands of synced commits.
    this.#folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'gomeisa-postgres-'))
    this.#user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  }

  static async start(programs: string): Promise<PostgresServer> {
    const server = new PostgresServer(programs, await freePort())
    server.#init()
    await server.start()
    return server
  }

  #init(): void {
    const [data, password] = [join(this.#folder, 'data'), join(this.#folder, 'password')]
    mkdirSync(data, { mode: 0o700 })
    writeFileSync(password, PASSWORD)
    const { uid, gid } = this.#user
    if (uid !== undefined && gid !== undefined)
      for (const path of [this.#folder, data, password]) chownSync(path, uid, gid)
    const options = ['--auth=scram-sha-256', `--pwfile=${password}`, '--username=owner', '--no-sync']
    const more = ['--encoding=UTF8', '--locale=C.UTF-8']
    execFileSync(join(this.#programs, 'initdb'), ['-D', data, ...options, ...more], {
      ...this.#user,
      stdio: 'ignore',
      cwd: this.#folder,
    })
  }

  async start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${this.port}`,
      `unix_socket_directories=${this.#folder}`,
    ]
    const given = [...settings, 'max_connections=40', 'shared_buffers=16MB'].flatMap((each) => ['-c', each])
    this.#process = spawn(join(this.#programs, 'postgres'), ['-D', join(this.#folder, 'data'), ...given], {
      ...this.#user,
      stdio: 'ignore',
      cwd: this.#folder,
    })
    for (let tries = 0; ; tries++) {
      const client = new Client(this.address())
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        if (tries > 200 || this.#process.exitCode !== null) throw error
        await pause(50)
      }
    }
  }

  /** Ends it at once; what was committed is there when it is started again. */
  async crash(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined) return
    const gone = once(child, 'exit')
    child.kill('SIGQUIT')
    await gone
  }

  async stop(): Promise<void> {
    await this.crash()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  address(database = 'postgres', password = PASSWORD): string {
    const secret = encodeURIComponent(password)
    return `postgres://owner:${secret}@127.0.0.1:${this.port}/${database}?sslmode=disable`
  }

  /** Statements as the owner of everything. */
  async ask(database: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
    const client = new Client(this.address(database))
    await client.connect()
    try {
      let rows: Record<string, unknown>[] = []
      for (const each of statements) rows = (await client.query<Record<string, unknown>>(each)).rows
      return rows
    } finally {
      await client.end()
    }
  }

  /** Makes it speak TLS too, with a certificate of its own for these names; gives the file. */
  async withTls(...names: readonly string[]): Promise<string> {
    const [key, certificate] = [join(this.#folder, 'server.key'), join(this.#folder, 'server.crt')]
    const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-keyout', key, '-out', certificate, '-subj', '/CN=test', '-addext', alternatives],
      ],
      { ...this.#user, stdio: 'ignore', cwd: this.#folder },
    )
    const files = [`ssl_key_file = '${key}'`, `ssl_cert_file = '${certificate}'`, 'ssl = on']
    await this.ask('postgres', ...files.map((each) => `ALTER SYSTEM SET ${each}`), 'SELECT pg_reload_conf()')
    chmodSync(this.#folder, 0o755)
    await pause(200)
    return certificate
  }

  /** A database with nothing in it. */
  async database(): Promise<string> {
    const name = `test_${(databases += 1)}`
    await this.ask('postgres', `CREATE DATABASE ${name}`)
    return name
  }
}

let databases = 0

const idOf = (which: '-u' | '-g'): number =>
  Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }).trim())

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
