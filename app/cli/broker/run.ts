import { hostname } from 'node:os'
import { startBroker, type DeviceStore, type DoorEvent, type PeopleStore } from '../../../broker/index.ts'
import { peopleOf, type PeopleArguments } from '../../broker/people-ports.ts'
import { brokerFolder, withLedger, withPeople } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { portOf } from '../options.ts'
import { untilStopped } from '../stop-signal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends PeopleArguments {
  readonly webPort: string
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
    .option('--browser-port <n>', "the agents' port for browsers: the same on every machine", '8440')
    .option('--web-port <n>', 'pages for phones and logout of the identity provider, behind a proxy', '8446')
    .option('--phone-origin <url>', 'how phones reach the web port: https://broker.example.com')
    .option('--oidc-issuer <url>', 'identity provider (OpenID Connect)')
    .option('--oidc-client <id>', 'this broker, as the provider knows it')
    .option('--oidc-secret-file <file>', 'file with its secret')
    .option('--oidc-claim <name>', 'claim with the name of a person (default: email, verified)')
    .option('--oidc-acr <value...>', 'authentication contexts that are good enough (default: any)')
    .action((options: Options) =>
      run(({ terminal, global }) =>
        withBoth(global.data, async (store, peopleStore) => {
          const peopleAre = { store: peopleStore, devices: store }
          const people = await peopleOf(peopleAre, options, portOf(options.browserPort))
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
            routes: [people.routes],
            report: (event) => terminal.note(`${new Date().toISOString()} ${says(event)}`),
          })
          const web = await people
            .openWeb({
              host: options.host,
              port: portOf(options.webPort),
              report: (error) => terminal.note(says({ kind: 'bug', error })),
            })
            .catch(async (error: unknown) => {
              await running.close()
              throw error
            })
          const ports = { ...running.ports, web: web.port }
          if (global.json) terminal.out(jsonText(envelope('broker', null, { ports, names })))
          else {
            terminal.out(`door for devices      ${options.host}:${ports.door}`)
            terminal.out(`enrolment and health  ${options.host}:${ports.enrolment}`)
            terminal.out(`side door (exporter)  ${options.host}:${ports.exporter}`)
            terminal.out(`phones and logout     ${options.host}:${ports.web}`)
          }
          await stopped
          await web.close()
          await running.close()
          return EXIT.ok
        }),
      ),
    )
}

const withBoth = <T>(
  data: string,
  use: (devices: DeviceStore, people: PeopleStore) => Promise<T>,
): Promise<T> => withLedger(data, (devices) => withPeople(data, (people) => use(devices, people)))

function says(event: DoorEvent): string {
  if (event.kind === 'refused') return `refused ${event.address}: ${event.reason}: ${event.detail}`
  return `error: ${event.error instanceof Error ? event.error.message : String(event.error)}`
}
