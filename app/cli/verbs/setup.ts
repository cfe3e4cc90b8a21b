import { grantAccess, OWN_LOGIN } from '../../../broker/index.ts'
import { GomeisaError, visible } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import { TOOLS } from '../../tools/registry.ts'
import type { Written } from '../../tools/written-file.ts'
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
  gomeisa setup aws 7f3a… --profile prod-logs --region eu-central-1
  gomeisa setup gcp 7f3a… --profile prod-logs`,
      )
      .action((name: string, grant: string, options: Options) =>
        run(async ({ terminal, global }) => {
          const tool = TOOLS.find((each) => each.name === name)
          if (tool === undefined) {
            throw new GomeisaError('USAGE', `no tool is called \`${name}\``, {
              candidates: TOOLS.map((each) => each.name),
            })
          }
          const { profile, region, home } = options
          const where = { ...(region !== undefined && { region }), ...(home !== undefined && { home }) }
          const live = tool.asksFirst ? await grantAccess(agentHome(home), grant) : undefined
          if (tool.asksFirst && live === undefined) {
            const nothing = { file: null, changed: false, backup: null, also: [], use: OWN_LOGIN }
            if (global.json) terminal.out(jsonText(envelope('setup', null, nothing)))
            else terminal.out(`nothing to write: ${OWN_LOGIN}`)
            return EXIT.ok
          }
          const done = tool.setUp({ grant, profile, ...where, ...(live && { live }) })
          const { use, also, ...first } = done
          if (global.json) {
            terminal.out(jsonText(envelope('setup', null, { ...named(first), also: also.map(named), use })))
            return EXIT.ok
          }
          for (const { file, changed, backup } of [first, ...also]) {
            terminal.out(`${changed ? 'written' : 'nothing to change'}: ${visible(file)}`)
            if (backup !== undefined) terminal.out(`backup: ${visible(backup)}`)
          }
          terminal.note(`next: ${use}`)
          return EXIT.ok
        }),
      )
  },
}

const named = ({ file, changed, backup }: Written) => ({ file, changed, backup: backup ?? null })
