import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { GomeisaError, visible } from '../../../graph/index.ts'
import {
  certificatesOf,
  isRoot,
  rejudge,
  type DeviceStore,
  type Rejudged,
  type TrustKind,
} from '../../../broker/index.ts'
import { operator, withLedger } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Terminal } from '../terminal.ts'
import type { GlobalOptions, Verb, VerbContext } from '../verb.ts'
import { EXIT } from '../verb.ts'
import { tellRows } from './told.ts'

const HASH = /^[0-9a-f]{64}$/

/** `broker trust add|remove|list`: manufacturers of TPMs, and single endorsement keys. */
export const configureTrust: Verb['configure'] = (command, run) => {
  command
    .command('trust')
    .argument('<act>', 'add, remove or list')
    .argument('[what]', 'file with certificates (PEM), or the SHA-256 of an endorsement key')
    .description('Trust makers of TPMs by their certificates; enrolled devices are judged again.')
    .action((act: string, what: string | undefined) =>
      run(({ terminal, global, now }) =>
        withLedger(global.data, async (store) => {
          if (act === 'list' && what === undefined) return list({ terminal, global }, store)
          if ((act !== 'add' && act !== 'remove') || what === undefined) {
            throw new GomeisaError('USAGE', 'say what to add or remove, or `list`', {
              remedy: 'gomeisa broker trust add tpm-maker-root.pem',
            })
          }
          const values = HASH.test(what) ? [{ kind: 'endorsement-key' as const, value: what }] : read(what)
          const about = { by: operator(), at: now.getTime() }
          for (const { kind, value } of values) {
            if (act === 'add') store.addTrust(kind, value, about)
            else if (!store.removeTrust(kind, value, about)) {
              throw new GomeisaError('NOT_FOUND', `\`${what}\` is not trusted`, {
                remedy: '`gomeisa broker trust list` shows what is',
              })
            }
          }
          return judged(terminal, global, act, values.length, await rejudge(store, now.getTime()))
        }),
      ),
    )
}

function read(file: string): { kind: TrustKind; value: Buffer }[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read`, {
      place: { file },
      remedy: 'name a file with certificates (PEM), or 64 hexadecimal digits',
      cause,
    })
  }
  const found = certificatesOf(text)
  if (found.length > 0)
    return found.map((value) => ({ kind: isRoot(value) ? 'root' : 'intermediate', value }))
  throw new GomeisaError('INPUT_UNRECOGNISED', `\`${file}\` holds no certificate`, {
    place: { file },
    remedy: 'convert it to PEM: openssl x509 -inform der -in FILE',
  })
}

function judged(
  terminal: Terminal,
  global: GlobalOptions,
  act: 'add' | 'remove',
  count: number,
  changed: readonly Rejudged[],
) {
  const devices = changed.map(({ device, was, is }) => ({ id: device.id, name: device.name, was, is }))
  if (global.json) terminal.out(jsonText(envelope('broker', null, { count, devices })))
  else {
    terminal.out(
      `${act === 'add' ? 'added' : 'removed'} ${count}; ${devices.length} devices are judged otherwise`,
    )
    for (const { id, name, was, is } of devices) terminal.out(`  ${id} ${visible(name)}: ${was}, now ${is}`)
  }
  return EXIT.ok
}

function list(context: Pick<VerbContext, 'terminal' | 'global'>, store: DeviceStore) {
  const { roots, intermediates, endorsementKeys } = store.trust()
  const about = (kind: TrustKind) => (der: Buffer) => {
    const { subject, validTo } = new X509Certificate(der)
    const sha256 = createHash('sha256').update(der).digest('hex')
    return { kind, sha256, says: `${subject.replaceAll('\n', ', ')}, until ${validTo}` }
  }
  const trusted = [
    ...roots.map(about('root')),
    ...intermediates.map(about('intermediate')),
    ...endorsementKeys.map((sha256) => ({
      kind: 'endorsement-key' as const,
      sha256,
      says: 'one endorsement key',
    })),
  ]
  const rows = trusted.map(({ kind, sha256, says }) => [kind, sha256.slice(0, 16), says])
  return tellRows(context, { trusted }, rows, 'no maker of TPMs is trusted: no device reaches the level tpm')
}
