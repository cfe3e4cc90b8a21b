import { visible } from '../../../graph/index.ts'
import { checkPolicies, type Offence } from '../../../policies/index.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { count } from '../plain-text.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'
import { policyFiles } from './input.ts'

/** `policy check`. */
export const configureCheck: Verb['configure'] = (command, run) => {
  command
    .command('check')
    .argument('[path...]', 'files or folders of policies (default: the shipped ones)')
    .description('Say whether a policy set may decide; exit code 3 when it may not.')
    .action((paths: readonly string[]) =>
      run(({ terminal, global }) => {
        const { policies, offences } = checkPolicies(policyFiles(paths))
        if (global.json)
          terminal.out(jsonText(envelope('policy', null, { policies: policies.length, offences })))
        else {
          for (const offence of offences) renderOffence(terminal, offence)
          const read = count(policies.length, 'policy', 'policies')
          terminal.out(
            offences.length === 0 ? `${read}: ok` : `${read}: ${count(offences.length, 'offence')}`,
          )
        }
        return Promise.resolve(offences.length === 0 ? EXIT.ok : EXIT.findings)
      }),
    )
}

function renderOffence(terminal: Terminal, { rule, policy, says, place, remedy }: Offence): void {
  terminal.block('', visible(`${policy === undefined ? '' : `${policy}: `}${says}`), undefined)
  terminal.block('  ', visible(`${rule}  ${place.file}:${place.line ?? 1}`), 'dim')
  if (remedy !== undefined) terminal.block('  ', visible(remedy))
}
