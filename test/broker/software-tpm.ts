import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Tpm } from '../../broker/client/tpm/tpm.ts'
import { openTransport } from '../../broker/client/tpm/transport.ts'
import { certificatesOf } from '../../broker/devices/certificates.ts'

const HOW = 'apt-get install swtpm swtpm-tools gnutls-bin tpm2-openssl'

/** The software TPM and its tools, or undefined: a suite may then skip itself, but not in CI. */
export function hasSoftwareTpm(): boolean {
  const found = ['swtpm', 'swtpm_setup', 'swtpm_localca', 'certtool'].every(
    (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined,
  )
  return found || missing('a software TPM')
}

/** The tpm2 OpenSSL provider's file, or undefined. */
export function tpmProvider(): string | undefined {
  const [file] = globSync('/usr/lib/*/ossl-modules/tpm2.so')
  if (file === undefined) missing('the tpm2 OpenSSL provider')
  return file
}

function missing(what: string): false {
  if (process.env['CI']) throw new Error(`CI needs ${what} for the device tests: ${HOW}`)
  process.stderr.write(`device tests skipped: no ${what} (${HOW})\n`)
  return false
}

/** A maker of software TPMs with a root of its own. */
export class Manufacturer {
  readonly folder: string

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `gomeisa-maker-`))
    const at = (file: string) => join(this.folder, file)
    mkdirSync(at('ca'))
    const lines = [
      `statedir = ${at('ca')}`,
      `signingkey = ${at('ca/signkey.pem')}`,
      `issuercert = ${at('ca/issuercert.pem')}`,
      `certserial = ${at('ca/certserial')}`,
    ]
    writeFileSync(at('localca.conf'), `${lines.join('\n')}\n`)
    const options = [`--platform-manufacturer ${name}`, '--platform-version 1', '--platform-model Test']
    writeFileSync(at('localca.options'), `${options.join('\n')}\n`)
    const setup = [
      'create_certs_tool = /usr/bin/swtpm_localca',
      `create_certs_tool_config = ${at('localca.conf')}`,
      `create_certs_tool_options = ${at('localca.options')}`,
      'active_pcr_banks = sha256',
    ]
    writeFileSync(at('setup.conf'), `${setup.join('\n')}\n`)
  }

  /** A new TPM with an RSA and an elliptic-curve endorsement key and their certificates; not started. */
  make(): SoftwareTpm {
    const folder = mkdtempSync(join(tmpdir(), 'gomeisa-tpm-'))
    const state = join(folder, 'state')
    mkdirSync(state)
    const args = ['--tpm2', '--tpmstate', `dir://${state}`, '--create-ek-cert', '--lock-nvram']
    execFileSync('swtpm_setup', [...args, '--config', join(this.folder, 'setup.conf'), '--overwrite'], {
      stdio: 'pipe',
    })
    return new SoftwareTpm(folder)
  }

  get root(): Buffer {
    return this.#certificate('ca/swtpm-localca-rootca-cert.pem')
  }

  get intermediate(): Buffer {
    return this.#certificate('ca/issuercert.pem')
  }

  #certificate(file: string): Buffer {
    return certificatesOf(readFileSync(join(this.folder, file), 'utf8'))[0]!
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** One `swtpm` process on a Unix socket. */
export class SoftwareTpm {
  readonly folder: string
  #child: ReturnType<typeof spawn> | undefined

  constructor(folder: string) {
    this.folder = folder
  }

  get socket(): string {
    return join(this.folder, 'tpm.sock')
  }

  get address(): string {
    return `swtpm:${this.socket}`
  }

  get tpm(): Tpm {
    return new Tpm(openTransport(this.address))
  }

  async start(): Promise<this> {
    const { folder, socket } = this
    for (const file of [socket, `${socket}.ctrl`]) rmSync(file, { force: true })
    const control = `type=unixio,path=${socket}.ctrl`
    const server = `type=unixio,path=${socket}`
    const flags = ['--flags', 'not-need-init,startup-clear']
    const args = [
      'socket',
      '--tpm2',
      '--tpmstate',
      `dir=${folder}/state`,
      '--ctrl',
      control,
      '--server',
      server,
      ...flags,
    ]
    this.#child = spawn('swtpm', args, { stdio: 'ignore' })
    while (!existsSync(socket)) await sleep(10)
    return this
  }

  /** Stops it as a machine that is shut down does. */
  async stop(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined) return
    // TPM2_Shutdown(CLEAR): without it, keys count a failed authorisation.
    await openTransport(this.address)
      .send(Buffer.from('80010000000c000001450000', 'hex'))
      .catch(() => undefined)
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }

  /** A TPM with the same state, as a copied virtual machine would have; not started. */
  copy(): SoftwareTpm {
    const folder = mkdtempSync(join(tmpdir(), 'gomeisa-tpm-'))
    cpSync(join(this.folder, 'state'), join(folder, 'state'), { recursive: true })
    return new SoftwareTpm(folder)
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
