import { visible } from '../../../graph/index.ts'
import { diffPolicies, openPolicies, readCatalogue, type Difference } from '../../../policies/index.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { count } from '../plain-text.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'
import { askedOf, withAsked, type AskedOptions } from './asked.ts'
import { jsonFile, policyFiles } from './input.ts'
import { wayInWords } from './ways.ts'

/** `policy diff`. */
export const configureDiff: Verb['configure'] = (command, run) => {
  const diff = command
    .command('diff')
    .argument('<before>', 'a file or folder of policies, or the word shipped')
    .argument('<after>', 'another')
    .requiredOption('--catalogue <file>', 'people and entitlements, JSON (docs/policies.md)')
    .description('Say who gains what, and who loses it, when one policy set replaces another.')
  withAsked(diff).action(
    (before: string, after: string, options: AskedOptions & { readonly catalogue: string }) =>
      run(({ terminal, global, now }) => {
        const [old, next] = [openPolicies(policyFiles([before])), openPolicies(policyFiles([after]))]
        const catalogue = readCatalogue(jsonFile(options.catalogue), options.catalogue)
        const asked = askedOf(options, now)
        const differences = diffPolicies(old, next, catalogue, asked)
        if (global.json) {
          terminal.out(
            jsonText(envelope('policy', null, { before: old.hash, after: next.hash, asked, differences })),
          )
        } else {
          for (const difference of differences) render(terminal, difference)
          const pairs = differences.reduce(
            (sum, each) => sum + each.people.length * each.entitlements.length,
            0,
          )
          const all = count(catalogue.people.length * catalogue.entitlements.length, 'pair')
          terminal.out(`${all} of person and entitlement compared: ${count(pairs, 'change')}`)
        }
        return Promise.resolve(EXIT.ok)
      }),
  )
}

function render(
  terminal: Terminal,
  { change, action, breakGlass, people, entitlements, before, after }: Difference,
): void {
  const what = `${breakGlass ? 'break glass, ' : ''}${action}`
  terminal.block('', visible(`${change}: ${what} ${entitlements.join(', ')}`), 'bold')
  terminal.block('  who     ', visible(people.join(', ')))
  for (const way of before) terminal.block('  before  ', visible(wayInWords(way)))
  for (const way of after) terminal.block('  after   ', visible(wayInWords(way)))
}
