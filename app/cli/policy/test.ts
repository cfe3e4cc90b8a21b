import { visible, type Json } from '../../../graph/index.ts'
import { openPolicies, readCases, readCatalogue, runCases } from '../../../policies/index.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { count } from '../plain-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'
import { jsonFile, policyFiles } from './input.ts'

/** `policy test`. */
export const configureTest: Verb['configure'] = (command, run) => {
  command
    .command('test')
    .argument('<cases>', 'a JSON file of people, entitlements and cases (docs/policies.md)')
    .option('--policies <path...>', 'files or folders of policies (default: the shipped ones)')
    .description('Run cases against a policy set; exit code 3 when one differs.')
    .action((file: string, options: { readonly policies?: readonly string[] }) =>
      run(({ terminal, global }) => {
        const decider = openPolicies(policyFiles(options.policies ?? []))
        const json = jsonFile(file)
        const { cases, ...catalogue } = { cases: readCases(json, file), ...readCatalogue(json, file) }
        const results = runCases(decider, cases, catalogue)
        const failed = results.filter(({ passed }) => !passed)
        if (global.json)
          terminal.out(jsonText(envelope('policy', null, { policies: decider.hash, cases: results })))
        else {
          for (const { name, differs } of failed) {
            terminal.block('', visible(name), 'bold')
            for (const { what, expected, found } of differs) {
              terminal.block('  ', visible(`${what}: expected ${inWords(expected)}`))
              terminal.block('  ', visible(`${' '.repeat(what.length)}  found ${inWords(found)}`))
            }
          }
          const all = count(results.length, 'case')
          terminal.out(failed.length === 0 ? `${all}: all as expected` : `${all}: ${failed.length} differ`)
        }
        return Promise.resolve(failed.length === 0 ? EXIT.ok : EXIT.findings)
      }),
    )
}

function inWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
