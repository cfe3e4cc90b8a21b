import { GomeisaError, visible } from '../../../graph/index.ts'
import { TOOLS } from '../../tools/registry.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly profile: string
  readonly region?: string
  readonly home?: string
}

/** Writes a grant into a tool's own configuration. */
export const setup: Verb = {
  configure(command, run) {
    command
      .usage('TOOL GRANT [options]')
      .argument('<tool>', `one of: ${TOOLS.map(({ name }) => name).join(', ')}`)
      .argument('<grant>', 'id of a grant')
      .option('--profile <name>', 'name of the profile that is written', 'gomeisa')
      .option('--region <name>', 'region that the profile names')
      .option('--home <dir>', "the agent's folder, for the profile to name")
      .addHelpText(
        'after',
        `
What stands in the file stays, beside it a backup; a second time nothing
changes. No credential is written: the tool asks for them when it needs them.

Examples:
  gomeisa setup aws 7f3a… --profile prod-logs --region eu-central-1`,
      )
      .action((name: string, grant: string, options: Options) =>
        run(({ terminal, global }) => {
          const tool = TOOLS.find((each) => each.name === name)
          if (tool === undefined) {
            throw new GomeisaError('USAGE', `no tool is called \`${name}\``, {
              candidates: TOOLS.map((each) => each.name),
            })
          }
          const { profile, region, home } = options
          const where = { ...(region !== undefined && { region }), ...(home !== undefined && { home }) }
          const done = tool.setUp({ grant, profile, ...where })
          const { file, changed, backup, use } = done
          if (global.json) {
            terminal.out(jsonText(envelope('setup', null, { file, changed, backup: backup ?? null, use })))
            return Promise.resolve(EXIT.ok)
          }
          terminal.out(`${changed ? 'written' : 'nothing to change'}: ${visible(file)}`)
          if (backup !== undefined) terminal.out(`backup: ${visible(backup)}`)
          terminal.note(`next: ${use}`)
          return Promise.resolve(EXIT.ok)
        }),
      )
  },
}
