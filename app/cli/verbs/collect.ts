import type { Verb } from '../verb.ts'
import { COLLECTORS } from './collect/registry.ts'

export const collectVerb: Verb = {
  configure(command, run) {
    command.usage('CLOUD [options]')
    for (const { name, summary, collector } of COLLECTORS) {
      const own = command.command(name).summary(summary).description(`${summary}.`)
      collector.configure(own, run)
    }
  },
}
