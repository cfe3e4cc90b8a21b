import { hostname } from 'node:os'
import { startBroker, type DoorEvent } from '../../../broker/index.ts'
import { brokerFolder, withLedger } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { portOf } from '../options.ts'
import { untilStopped } from '../stop-signal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly host: string
  readonly port: string
  readonly enrolmentPort: string
  readonly exporterPort: string
  readonly name?: readonly string[]
}

/** `broker run`: the ports, until the process is stopped. */
export const configureRun: Verb['configure'] = (command, run) => {
  command
    .command('run')
    .description('Open the ports for devices until the process is stopped.')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <n>', 'the door: mutual TLS', '8443')
    .option('--enrolment-port <n>', 'enrolment, renewal and health', '8444')
    .option('--exporter-port <n>', 'the side door: exporter binding', '8445')
    .option('--name <name...>', 'names and addresses that devices use (default: localhost and this host)')
    .action((options: Options) =>
      run(({ terminal, global }) =>
        withLedger(global.data, async (store) => {
          const names = options.name ?? ['localhost', '127.0.0.1', hostname()]
          const stopped = untilStopped()
          const running = await startBroker({
            folder: brokerFolder(global.data),
            store,
            now: Date.now,
            host: options.host,
            ports: {
              door: portOf(options.port),
              enrolment: portOf(options.enrolmentPort),
              exporter: portOf(options.exporterPort),
            },
            names,
            report: (event) => terminal.note(`${new Date().toISOString()} ${says(event)}`),
          })
          const { ports } = running
          if (global.json) terminal.out(jsonText(envelope('broker', null, { ports, names })))
          else {
            terminal.out(`door for devices      ${options.host}:${ports.door}`)
            terminal.out(`enrolment and health  ${options.host}:${ports.enrolment}`)
            terminal.out(`side door (exporter)  ${options.host}:${ports.exporter}`)
          }
          await stopped
          await running.close()
          return EXIT.ok
        }),
      ),
    )
}

function says(event: DoorEvent): string {
  if (event.kind === 'refused') return `refused ${event.address}: ${event.reason}: ${event.detail}`
  return `error: ${event.error instanceof Error ? event.error.message : String(event.error)}`
}
