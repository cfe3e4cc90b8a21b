import { readFileSync } from 'node:fs'
import {
  askAgent,
  DEFAULT_TPM,
  enrolDevice,
  Agent,
  type AgentStatus,
  type Binding,
} from '../../../broker/index.ts'
import { GomeisaError, isObject, ownString, visible } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { portOf } from '../options.ts'
import { untilStopped } from '../stop-signal.ts'
import { renderTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface EnrollOptions {
  readonly home?: string
  readonly broker: string
  readonly token: string
  readonly tpm: string
  readonly software?: boolean
}

/** What each level and binding is, in plain words. */
const LEVEL_WORDS = {
  tpm: 'tpm: the key is in a TPM whose maker the operator trusts, and cannot leave it',
  hardware: 'hardware: something that behaves like a TPM holds the key; nobody vouches for its maker',
  software: 'software: the key is in a file; whoever copies the file is this device',
} as const
const BINDING_WORDS: Record<Binding, string> = {
  'mutual-tls-tpm': 'mutual TLS, signed by the TPM',
  'tls-exporter': 'TLS whose connection the TPM signs (no tpm2 OpenSSL provider here)',
  'mutual-tls-software': 'mutual TLS with the key of a file',
}

export const agent: Verb = {
  configure(command, run) {
    command.usage('enroll|run|confirm|status [options]').addHelpText(
      'after',
      `
Makes this machine a device of the broker, and holds its link.

Examples:
  gomeisa agent enroll --broker https://broker.example.com:8444 --token …
  gomeisa agent run
  gomeisa agent status --json`,
    )
    const home = ['--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)"] as const
    command
      .command('enroll')
      .description('Make keys on this machine and enrol it with a token.')
      .requiredOption('--broker <url>', "the broker's enrolment port: https://host:port")
      .requiredOption('--token <token>', 'as `gomeisa broker invite` printed it; - reads it from stdin')
      .option('--tpm <address>', 'TPM device, or swtpm:SOCKET', DEFAULT_TPM)
      .option('--software', 'keep the key in a file: the lowest level')
      .option(...home)
      .action((options: EnrollOptions) =>
        run(async ({ terminal, global }) => {
          const { broker, software, tpm } = options
          // On the command line every user of the machine could read it while the command runs.
          const token = options.token === '-' ? readFileSync(0, 'utf8') : options.token
          const place =
            software === true ? ({ kind: 'software' } as const) : ({ kind: 'tpm', address: tpm } as const)
          const enrolled = await enrolDevice({
            home: agentHome(options.home),
            broker,
            token,
            place,
            now: Date.now,
          })
          const { device, person, name, level, enrolledUntil } = enrolled
          const result = { device, person, name, level, enrolledUntil: iso(enrolledUntil) }
          if (global.json) terminal.out(jsonText(envelope('agent', null, result)))
          else {
            terminal.out(`enrolled as ${visible(name)} of ${visible(person)}, until ${iso(enrolledUntil)}`)
            terminal.block('  ', LEVEL_WORDS[level])
          }
          terminal.note('next: gomeisa agent run, or its systemd unit (docs/agent.md)')
          return EXIT.ok
        }),
      )
    command
      .command('run')
      .description('Hold the link to the broker until the process is stopped.')
      .option('--browser-port <n>', "loopback port for this machine's browsers; the broker must know it")
      .option(...home)
      .action((options: { readonly home?: string; readonly browserPort?: string }) =>
        run(async ({ terminal, global }) => {
          let said = ''
          const running = new Agent({
            home: agentHome(options.home),
            now: Date.now,
            ...(options.browserPort !== undefined && { browserPort: portOf(options.browserPort) }),
            changed: (status) => {
              const says = linkWords(status)
              if (says !== said) terminal.note(`${iso(Date.now())} ${says}`)
              said = says
            },
          })
          const stopped = untilStopped()
          await running.start()
          if (global.json) terminal.out(jsonText(envelope('agent', null, statusJson(running.status()))))
          else showStatus(terminal, running.status())
          await stopped
          await running.stop()
          return EXIT.ok
        }),
      )
    command
      .command('confirm')
      .argument('<code>', 'as the browser shows it after a login')
      .description('Confirm that it is you who logs in on this machine.')
      .option(...home)
      .action((code: string, options: { readonly home?: string }) =>
        run(async ({ terminal, global }) => {
          const found = agentHome(options.home)
          found.read()
          const { status, body } = await askAgent(found, 'POST', '/v1/people/confirm', { code })
          const open = isObject(body) ? ownString(body, 'open') : undefined
          if (status !== 200 || open === undefined) {
            const why =
              (isObject(body) ? ownString(body, 'detail') : undefined) ?? 'the broker knows no people'
            throw new GomeisaError('REFUSED', why, { remedy: 'begin the login again in the browser' })
          }
          if (global.json) terminal.out(jsonText(envelope('agent', null, { open })))
          else terminal.out(open)
          terminal.note('open it in the browser in which you logged in; it is good once')
          return EXIT.ok
        }),
      )
    command
      .command('status')
      .description('What the running agent says of itself and its link.')
      .option(...home)
      .action((options: { readonly home?: string }) =>
        run(async ({ terminal, global }) => {
          const found = agentHome(options.home)
          // Not enrolled is another thing than not running.
          found.read()
          const { body } = await askAgent(found, 'GET', '/agent/status')
          if (!isObject(body))
            throw new GomeisaError('INTERNAL', 'the agent answers something else than its status')
          const status = body as unknown as AgentStatus
          if (global.json) terminal.out(jsonText(envelope('agent', null, statusJson(status))))
          else showStatus(terminal, status)
          return status.link.kind === 'up' ? EXIT.ok : EXIT.error
        }),
      )
  },
}

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

function linkWords({ link }: AgentStatus): string {
  switch (link.kind) {
    case 'up':
      return `link up since ${iso(link.since)}`
    case 'starting':
      return 'link starting'
    case 'down':
      return `link down: ${link.why}`
  }
}

function statusJson(status: AgentStatus): object {
  const { device, person, name, level, broker, binding, link, renewal } = status
  const times = { notAfter: iso(status.notAfter), enrolledUntil: iso(status.enrolledUntil) }
  return {
    device,
    person,
    name,
    level,
    broker,
    binding,
    link: link.kind,
    says: linkWords(status),
    renewal,
    ...times,
  }
}

function showStatus(terminal: Terminal, status: AgentStatus): void {
  const rows = [
    ['device', `${status.name} of ${status.person}`],
    ['id', status.device],
    ['broker', status.broker],
    ['level', LEVEL_WORDS[status.level]],
    ['binding', BINDING_WORDS[status.binding]],
    ['link', linkWords(status)],
    ['certificate', `until ${iso(status.notAfter)}; renewed before`],
    ['enrolment', `until ${iso(status.enrolledUntil)}; then enrol again`],
    ...(status.renewal === null ? [] : [['renewal', `failed: ${status.renewal}`]]),
  ]
  const shown = rows.map((row) => row.map((cell) => visible(cell)))
  renderTable(terminal, shown, '')
}
