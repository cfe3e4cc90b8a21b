import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  grantAccess,
  liveCredentials,
  LoopbackEndpoint,
  OWN_LOGIN,
  type AgentHome,
  type LiveCredentials,
  type LoopbackAnswer,
} from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import { TOOLS } from '../../tools/registry.ts'
import type { Tool } from '../../tools/tool.ts'
import type { ExitCode, Verb } from '../verb.ts'

/** Runs a command whose environment leads it, and nobody else, to the credentials of a grant. */
export const exec: Verb = {
  configure(command, run) {
    command
      .usage('GRANT [options] -- COMMAND…')
      .argument('<grant>', 'id of an active grant')
      .argument('<command...>', 'what to run, behind --')
      .option('--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)")
      .addHelpText(
        'after',
        `
The command finds an address on this machine where it fetches credentials as
long as it runs; they are in no file and in no variable. Ends with the
command's own exit code.

Examples:
  gomeisa exec 7f3a… -- terraform plan`,
      )
      .action((grant: string, words: readonly string[], options: { readonly home?: string }) =>
        run(async ({ terminal }) => {
          const home = agentHome(options.home)
          // Before anything runs: whether there is access at all, and for which tools.
          const live = await grantAccess(home, grant)
          if (live === undefined) {
            terminal.note(OWN_LOGIN)
            return (await ended(words, process.env)) as ExitCode
          }
          const { kind } = live
          const tool = TOOLS.find((each) => each.kind === kind)
          if (tool === undefined) throw new GomeisaError('INTERNAL', 'no tool is known for this grant')
          return await runWith({ tool, home, grant, live }, words)
        }),
      )
  },
}

interface Access {
  readonly tool: Tool
  readonly home: AgentHome
  readonly grant: string
  readonly live: LiveCredentials
}

async function runWith(access: Access, words: readonly string[]): Promise<ExitCode> {
  const { tool, live } = access
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-exec-'))
  const endpoint = await LoopbackEndpoint.open((query) => answer(access, query), tool.form)
  try {
    const { url, token } = endpoint
    const changed = { ...process.env, ...tool.environment({ url, token, folder }, live) }
    const env = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined))
    // What the shell would say of the command that was run. The verb has no codes of its own beyond that.
    return (await ended(words, env)) as ExitCode
  } finally {
    await endpoint.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answer({ tool, home, grant }: Access, query: URLSearchParams): Promise<LoopbackAnswer> {
  try {
    return { status: 200, body: tool.document(await liveCredentials(home, grant), query) }
  } catch (error) {
    const message = error instanceof GomeisaError ? error.message : 'the credentials could not be fetched'
    return { status: 403, body: JSON.stringify({ code: 'Refused', message }) }
  }
}

function ended(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [file = '', ...args] = words
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const child = spawn(file, args, { stdio: 'inherit', env })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  // The command decides what a signal means; the terminal sends it to both.
  const handed = signals.map((signal) => [signal, () => void child.kill(signal)] as const)
  for (const [signal, hand] of handed) process.on(signal, hand)
  child.once('error', (cause) => {
    const remedy = 'check the name of the command, and PATH'
    reject(new GomeisaError('USAGE', `\`${file}\` cannot be run`, { remedy, cause }))
  })
  child.once('close', (code, signal) => {
    resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
  })
  return promise.finally(() => {
    for (const [signal, hand] of handed) process.off(signal, hand)
  })
}
