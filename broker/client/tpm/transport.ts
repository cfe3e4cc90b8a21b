import { open, type FileHandle } from 'node:fs/promises'
import { connect } from 'node:net'
import { GomeisaError } from '../../../graph/index.ts'

/** Sends one TPM command and gives its response; commands of one transport run one after the other. */
export interface TpmTransport {
  /** As the tpm2 OpenSSL provider names the same TPM (TCTI). */
  readonly tcti: string
  /** Nothing between us and the TPM keeps the objects of its users apart: what is left loaded stays until it is flushed. */
  readonly unmanaged: boolean
  send(command: Buffer): Promise<Buffer>
  close(): Promise<void>
}

/** The kernel's resource manager. */
export const DEFAULT_TPM = '/dev/tpmrm0'
const LARGEST = 4096
/** Milliseconds: making an RSA key can take a slow TPM most of a minute. */
const PATIENCE = 120_000

/** `address`: `/dev/tpmrm0`, another device, or `swtpm:PATH` for the Unix socket of a software TPM. */
export function openTransport(address: string): TpmTransport {
  const socket = /^swtpm:(.+)$/.exec(address)?.[1]
  return socket === undefined ? deviceTransport(address) : socketTransport(socket)
}

function deviceTransport(path: string): TpmTransport {
  let opened: Promise<FileHandle> | undefined
  const exchange = async (command: Buffer): Promise<Buffer> => {
    const file = await (opened ??= open(path, 'r+'))
    await file.write(command)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LARGEST), 0, LARGEST, null)
    return buffer.subarray(0, bytesRead)
  }
  return {
    tcti: `device:${path}`,
    unmanaged: false,
    send: inTurn(path, exchange),
    close: async () => {
      const file = await opened?.catch(() => undefined)
      opened = undefined
      await file?.close()
    },
  }
}

/** A connection for each command: the software TPM serves one connection at a time, and the link child needs it too. */
function socketTransport(path: string): TpmTransport {
  const exchange = (command: Buffer): Promise<Buffer> =>
    new Promise((done, fail) => {
      const socket = connect(path)
      const parts: Buffer[] = []
      let length = 0
      socket.setTimeout(PATIENCE, () =>
        socket.destroy(new GomeisaError('TPM_UNUSABLE', 'the TPM does not answer')),
      )
      socket.once('connect', () => socket.write(command))
      socket.on('data', (part) => {
        parts.push(part)
        length += part.length
        const bytes = Buffer.concat(parts)
        if (length > LARGEST) socket.destroy(new GomeisaError('TPM_UNUSABLE', 'the TPM answers too much'))
        if (length < 10 || length < bytes.readUInt32BE(2)) return
        socket.end()
        done(bytes)
      })
      socket.once('error', fail)
      socket.once('close', () => fail(new GomeisaError('TPM_UNUSABLE', 'the TPM hung up')))
    })
  return {
    tcti: `swtpm:path=${path}`,
    unmanaged: true,
    send: inTurn(path, exchange),
    close: () => Promise.resolve(),
  }
}

function inTurn(path: string, exchange: (command: Buffer) => Promise<Buffer>): TpmTransport['send'] {
  let turn: Promise<unknown> = Promise.resolve()
  return (command) => {
    const answer = turn
      .then(() => exchange(command))
      .catch((cause: unknown) => {
        if (cause instanceof GomeisaError) throw cause
        throw new GomeisaError('TPM_UNUSABLE', `the TPM \`${path}\` cannot be used: ${reason(cause)}`, {
          remedy: 'is it there, and may you use it? (`/dev/tpmrm0` is for the group `tss`)',
          cause,
        })
      })
    turn = answer.catch(() => undefined)
    return answer
  }
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
