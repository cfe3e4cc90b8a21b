import { hostname } from 'node:os'
import { GomeisaError } from '../../../graph/index.ts'
import {
  openIssuer,
  SigningKeys,
  startBroker,
  type DeviceStore,
  type DoorEvent,
  type People,
  type PeopleStore,
  type TokenIssuer,
} from '../../../broker/index.ts'
import { readConnectors } from '../../broker/connectors/connector-file.ts'
import { connectorsOf } from '../../broker/connectors/connector-list.ts'
import { digests } from '../../broker/configuration.ts'
import { openRequestRoom, type RequestRoom } from '../../broker/request-rooms.ts'
import { openSharedLedger } from '../../broker/shared-ledger.ts'
import { peopleOf, type PeopleArguments } from '../../broker/people-ports.ts'
import { brokerFolder, issuerFolder, operator, withLedger, withPeople } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { portOf } from '../options.ts'
import { jsonFile, policyFiles } from '../policy/input.ts'
import { untilStopped } from '../stop-signal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends PeopleArguments {
  readonly catalogue?: string
  readonly connectors?: string
  readonly issuer?: string
  readonly policies?: readonly string[]
  readonly ledgerFile?: string
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
    .option('--catalogue <file>', 'people and entitlements, JSON: takes requests (docs/requests.md)')
    .option('--connectors <file>', 'how entitlements are given, JSON (docs/connectors.md)')
    .option('--issuer <url>', 'address under which clouds believe tokens of this broker (docs/connectors.md)')
    .option('--policies <path...>', 'files or folders of policies (default: the shipped ones)')
    .option(
      '--ledger-file <file>',
      'file with the address of a PostgreSQL ledger (default: a file of its own)',
    )
    .action((options: Options) =>
      run(({ terminal, global }) =>
        withBoth(global.data, async (store, peopleStore) => {
          const peopleAre = { store: peopleStore, devices: store }
          const people = await peopleOf(peopleAre, options, portOf(options.browserPort))
          const names = options.name ?? ['localhost', '127.0.0.1', hostname()]
          const issuer = await issuerOf(global.data, options.issuer)
          const room = await roomOf(global.data, store, people.people, { ...options, tokens: issuer?.tokens })
          const stopped = Promise.race([untilStopped(), ...(room ? [room.working] : [])])
          // What goes wrong before it is waited for is told when it is.
          stopped.catch(() => undefined)
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
            routes: [people.routes, ...(room ? [room.routes] : [])],
            report: (event) => terminal.note(`${new Date().toISOString()} ${says(event)}`),
          }).catch(async (error: unknown) => {
            await room?.close()
            throw error
          })
          const web = await people
            .openWeb({
              host: options.host,
              port: portOf(options.webPort),
              ...(issuer && { pages: issuer.pages }),
              report: (error) => terminal.note(says({ kind: 'bug', error })),
            })
            .catch(async (error: unknown) => {
              await running.close()
              await room?.close()
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
          try {
            await stopped
          } finally {
            await web.close()
            await running.close()
            await room?.close()
          }
          return EXIT.ok
        }),
      ),
    )
}

/** The broker as an issuer of tokens, where the operator has given it an address as one. */
async function issuerOf(data: string, issuer: string | undefined): Promise<TokenIssuer | undefined> {
  if (issuer === undefined) return undefined
  return openIssuer({ keys: new SigningKeys(issuerFolder(data), Date.now), issuer, now: Date.now })
}

interface RoomOptions extends Options {
  readonly tokens: TokenIssuer['tokens'] | undefined
}

/** Requests and grants, where the operator has a catalogue. */
async function roomOf(
  data: string,
  devices: DeviceStore,
  people: People,
  { catalogue: file, connectors: given, policies = [], ledgerFile, tokens }: RoomOptions,
): Promise<RequestRoom | undefined> {
  if (file === undefined) {
    if (policies.length === 0 && given === undefined && ledgerFile === undefined) return undefined
    throw new GomeisaError('USAGE', 'policies, connectors and a ledger are about a catalogue', {
      remedy: 'give --catalogue too',
    })
  }
  const catalogue = { json: jsonFile(file), file }
  // Without connectors, requests can be looked at, and are refused.
  const connected = given === undefined ? undefined : { json: jsonFile(given), file: given }
  const connectors =
    connected === undefined ? connectorsOf([]) : await readConnectors(connected, catalogue, Date.now, tokens)
  const folder = brokerFolder(data)
  const rules = policyFiles(policies)
  const shared = ledgerFile === undefined ? undefined : await openSharedLedger(folder, ledgerFile)
  try {
    const all = { folder, devices, people, connectors, catalogue, policies: rules }
    const room = openRequestRoom({ ...all, ...(shared && { shared }) })
    const detail = digests({ catalogue: catalogue.json, connectors: connected?.json, policies: rules })
    devices.note({ at: Date.now(), actor: operator(), event: 'broker.started', detail })
    return room
  } catch (error) {
    await shared?.close()
    throw error
  }
}

const withBoth = <T>(
  data: string,
  use: (devices: DeviceStore, people: PeopleStore) => Promise<T>,
): Promise<T> => withLedger(data, (devices) => withPeople(data, (people) => use(devices, people)))

function says(event: DoorEvent): string {
  if (event.kind === 'refused') return `refused ${event.address}: ${event.reason}: ${event.detail}`
  return `error: ${event.error instanceof Error ? event.error.message : String(event.error)}`
}
