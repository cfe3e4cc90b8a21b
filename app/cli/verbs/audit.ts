import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chainNotes,
  fileSigner,
  ocsfEvent,
  openDeviceStore,
  openGrantLedger,
  readPublicKey,
  recordLine,
  verifyAudit,
  type AuditHead,
  type GrantLedger,
} from '../../../broker/index.ts'
import { GomeisaError, visible } from '../../../graph/index.ts'
import { brokerFolder } from '../../broker/operator.ts'
import { openSharedLedger } from '../../broker/shared-ledger.ts'
import { packageVersion } from '../../package-root.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

/** Records that are read from the ledger at a time. */
const PAGE = 1_000

export const audit: Verb = {
  configure(command, run) {
    command.usage('verify|export|key [options]').addHelpText(
      'after',
      `
Exit code of verify: 3 when something is wrong, 4 when no key was given and so
no signature was checked.

Examples:
  gomeisa audit key > audit.pem
  gomeisa audit export > log.jsonl
  gomeisa audit verify log.jsonl --key audit.pem
  gomeisa audit export --format ocsf`,
    )
    command
      .command('verify')
      .argument('<file>', 'an export in JSON Lines')
      .description('Check a log, and name each record that was changed, dropped, added or moved.')
      .option('--key <file...>', 'public keys (PEM), had from elsewhere than the log; one a broker')
      .option('--head <seq:hash>', 'the end of the log as known from elsewhere')
      .action((file: string, options: { readonly key?: readonly string[]; readonly head?: string }) =>
        run(({ terminal, global }) => {
          const head = options.head === undefined ? undefined : headOf(options.head)
          const keys = options.key === undefined ? undefined : options.key.map(keyOf)
          const verdict = verifyAudit(read(file), { ...(keys && { keys }), ...(head && { head }) })
          const { records, checkpoints, signatures, faults, signedUpTo } = verdict
          if (global.json) {
            const result = { ...verdict, signedUpTo: signedUpTo ?? null, signatures: signatures ?? null }
            terminal.out(jsonText(envelope('audit', null, result)))
          } else {
            for (const { kind, says } of faults) terminal.block(`${kind}  `, visible(says), undefined, 'red')
            const many = `${records} records, ${checkpoints} checkpoints, ${faults.length} faults`
            terminal.out(many)
            if (signedUpTo) terminal.out(`signed up to ${signedUpTo.seq}:${signedUpTo.hash}`)
            if (signatures === undefined) terminal.note('no key was given: the signatures were not checked')
          }
          if (faults.length > 0) return Promise.resolve(EXIT.findings)
          return Promise.resolve(signatures === undefined ? EXIT.partial : EXIT.ok)
        }),
      )
    command
      .command('export')
      .description('Sign the end of the log and print it, a record a line.')
      .option('--format <format>', 'jsonl, which can be verified, or ocsf', 'jsonl')
      .option('--ledger-file <file>', 'file with the address of a PostgreSQL ledger')
      .action((options: { readonly format: string; readonly ledgerFile?: string }) =>
        run(async ({ terminal, global, now }) => {
          if (options.format !== 'jsonl' && options.format !== 'ocsf') {
            throw new GomeisaError('USAGE', `\`${options.format}\` is no format`, { remedy: 'jsonl or ocsf' })
          }
          const product = { version: packageVersion() }
          const folder = brokerFolder(global.data)
          const { ledgerFile } = options
          const ledger =
            ledgerFile === undefined
              ? openGrantLedger(join(folder, 'grants.db'), signer(global.data))
              : await openSharedLedger(folder, ledgerFile)
          try {
            await addNotes(folder, ledger)
            const end = await ledger.checkpoint(now.getTime())
            for (let from = 1; from <= end.seq; from += PAGE) {
              for (const record of await ledger.auditRecords(from, Math.min(PAGE, end.seq - from + 1))) {
                terminal.out(
                  options.format === 'jsonl'
                    ? recordLine(record)
                    : JSON.stringify(ocsfEvent(record, product)),
                )
              }
            }
            terminal.note(`end of the log: ${end.seq}:${end.hash}`)
          } finally {
            await ledger.close()
          }
          return EXIT.ok
        }),
      )
    command
      .command('key')
      .description('Print the public key that the log is signed with.')
      .action(() =>
        run(({ terminal, global }) => {
          const { key, publicKey } = signer(global.data)
          if (global.json) terminal.out(jsonText(envelope('audit', null, { key, publicKey })))
          else terminal.out(publicKey.trimEnd())
          return Promise.resolve(EXIT.ok)
        }),
      )
  },
}

/** What was changed since, and by whom, while no broker ran. */
async function addNotes(folder: string, ledger: GrantLedger): Promise<void> {
  const file = join(folder, 'broker.db')
  if (!existsSync(file)) return
  const devices = openDeviceStore(file)
  try {
    await chainNotes(devices, ledger)
  } finally {
    devices.close()
  }
}

const signer = (data: string) => fileSigner(join(brokerFolder(data), 'audit.key'))

function headOf(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash }
  throw new GomeisaError('USAGE', `\`${text}\` is no end of a log`, {
    remedy: 'number:hash, as `audit export` says at its end',
  })
}

function keyOf(file: string) {
  const key = readPublicKey(read(file))
  if (key !== undefined) return key
  throw new GomeisaError('INPUT_UNRECOGNISED', `\`${file}\` holds no Ed25519 public key`, {
    place: { file },
    remedy: 'use what `gomeisa audit key` prints',
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const remedy = 'check the path and the permissions'
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read`, {
      place: { file },
      remedy,
      cause,
    })
  }
}
