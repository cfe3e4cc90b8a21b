import { SigningKeys, type SigningKey } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { issuerFolder } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { renderTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import type { GlobalOptions, Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

const ACTS = ['jwks', 'keys', 'rotate'] as const
const HOUR = 3_600_000
const MOST_HOURS = 24 * 365

interface Options {
  readonly after: string
  readonly compromised?: true
}

/** `broker issuer jwks|keys|rotate`: the keys by which clouds believe the broker's tokens. */
export const configureIssuer: Verb['configure'] = (command, run) => {
  command
    .command('issuer')
    .argument('<act>', 'jwks, keys or rotate')
    .description('The keys by which clouds believe tokens of this broker: print them, make a new one.')
    .option('--after <hours>', 'rotate: hours until the new key signs; it is published at once', '24')
    .option('--compromised', 'rotate: the new key signs now, and no other is published any more')
    .action((act: string, options: Options) =>
      run(({ terminal, global, now }) => {
        const at = now.getTime()
        const keys = new SigningKeys(issuerFolder(global.data), () => at)
        if (act === 'jwks') {
          // What clouds take: the set itself, and nothing around it.
          terminal.out(JSON.stringify(keys.jwks()))
          return Promise.resolve(EXIT.ok)
        }
        if (act === 'rotate') {
          if (options.compromised === true) keys.replaceAll()
          else keys.rotate(at + hoursOf(options.after) * HOUR)
          terminal.note('clouds that were given the keys must be given them anew: gomeisa broker issuer jwks')
        } else if (act !== 'keys') {
          throw new GomeisaError('USAGE', `\`${act}\` is nothing to do with keys`, { candidates: ACTS })
        }
        show(terminal, global, keys)
        return Promise.resolve(EXIT.ok)
      }),
    )
}

function hoursOf(text: string): number {
  const hours = /^\d{1,4}$/.test(text) ? Number(text) : Infinity
  if (hours <= MOST_HOURS) return hours
  throw new GomeisaError('USAGE', `\`${text}\` are no hours`, {
    remedy: `a whole number of hours, at most ${MOST_HOURS}`,
  })
}

function show(terminal: Terminal, global: GlobalOptions, keys: SigningKeys): void {
  const signing = keys.current().id
  const shown = keys
    .published()
    .map((key) => ({ id: key.id, signsFrom: fromOf(key), signs: key.id === signing }))
  if (global.json) terminal.out(jsonText(envelope('broker', null, { keys: shown })))
  else
    renderTable(
      terminal,
      shown.map(({ id, signsFrom, signs }) => [
        id.slice(0, 16),
        signs ? 'signs' : 'published',
        signsFrom ?? '',
      ]),
      '',
    )
}

const fromOf = ({ signsFrom }: SigningKey): string | null =>
  signsFrom === 0 ? null : new Date(signsFrom).toISOString()
