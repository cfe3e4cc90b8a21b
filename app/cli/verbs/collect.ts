import type { Verb } from '../verb.ts'
import { COLLECTORS } from './collect/registry.ts'

export const collectVerb: Verb = {
  configure(command, run) {
    command.usage('CLOUD [options]').addHelpText(
      'after',
      `
Asks a cloud itself, reads and never writes, and keeps the answers as a
snapshot, as import does with files. docs/collect.md has the five minutes.

Examples:
  ${COLLECTORS.map(({ name }) => `gomeisa collect ${name} --plan`).join('\n  ')}
  ${COLLECTORS.map(({ name }) => `gomeisa collect ${name} --help`).join('\n  ')}`,
    )
    for (const { name, summary, collector } of COLLECTORS) {
      const own = command.command(name).summary(summary).description(`${summary}.`)
      collector.configure(own, run)
    }
  },
}
