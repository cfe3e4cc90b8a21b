import { GomeisaError } from '../../../graph/index.ts'
import {
  isLevel,
  LEVELS,
  newTokenSecret,
  openAuthority,
  tokenHash,
  tokenText,
} from '../../../broker/index.ts'
import { brokerFolder, operator, withLedger } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { quoted } from '../hint.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly person: string
  readonly device: string
  readonly atLeast: string
  readonly broker: string
}

const HOUR = 3_600_000
const NAME = /^[^\p{C}]{1,200}$/u

/** `broker invite`: leave to enrol one device, once, within an hour. */
export const configureInvite: Verb['configure'] = (command, run) => {
  command
    .command('invite')
    .description('Print a token with which one device of one person can enrol.')
    .requiredOption('--person <name>', 'whose device it will be')
    .requiredOption('--device <name>', 'what it will be called')
    .option('--at-least <level>', `lowest level: ${LEVELS.join(', ')}`, 'tpm')
    .option('--broker <url>', 'enrolment port, for the printed command', 'https://localhost:8444')
    .action((options: Options) =>
      run(({ terminal, global, now }) =>
        withLedger(global.data, async (store) => {
          const { person, device: deviceName, atLeast } = options
          if (!isLevel(atLeast) || !NAME.test(person) || !NAME.test(deviceName)) {
            const what = isLevel(atLeast)
              ? 'a name is empty, too long or not printable'
              : `\`${atLeast}\` is no level`
            throw new GomeisaError('USAGE', what, { remedy: `levels: ${LEVELS.join(', ')}` })
          }
          const authority = await openAuthority(brokerFolder(global.data), now.getTime())
          const secret = newTokenSecret()
          const expiresAt = now.getTime() + HOUR
          const leave = { tokenHash: tokenHash(secret), person, deviceName, atLeast, expiresAt }
          store.addLeave(leave, { by: operator(), at: now.getTime() })
          const token = tokenText({ secret, authority: authority.fingerprint })
          const until = new Date(expiresAt).toISOString()
          const result = { token, person, device: deviceName, atLeast, expiresAt: until }
          if (global.json) terminal.out(jsonText(envelope('broker', null, result)))
          else {
            const software = atLeast === 'software' ? ' \\\n  --software' : ''
            const command = `gomeisa agent enroll --broker ${quoted(options.broker)} \\\n  --token ${token}${software}`
            terminal.out(command)
            terminal.note(`good once, until ${until}; shown only now`)
          }
          return EXIT.ok
        }),
      ),
    )
}
