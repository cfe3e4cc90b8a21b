import { GomeisaError, visible } from '../../../graph/index.ts'
import { inGoodStanding, Refusal, type Device, type DeviceStore } from '../../../broker/index.ts'
import { operator, withLedger } from '../../broker/operator.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { renderTable } from '../table.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

/** `broker devices` and `broker revoke`. */
export const configureDevices: Verb['configure'] = (command, run) => {
  command
    .command('devices')
    .description('List the devices, and whether each may be used.')
    .action(() =>
      run(({ terminal, global, now }) =>
        withLedger(global.data, (store) => {
          const devices = store
            .devices()
            .map((device) => ({ device, state: stateOf(store, device, now.getTime()) }))
          if (global.json) {
            const rows = devices.map(({ device, state }) => ({
              id: device.id,
              person: device.person,
              name: device.name,
              level: device.level,
              atLeast: device.atLeast,
              state,
              enrolledUntil: new Date(device.enrolledUntil).toISOString(),
            }))
            terminal.out(jsonText(envelope('broker', null, { devices: rows })))
          } else if (devices.length === 0) terminal.note('no device has enrolled')
          else {
            const cells = devices.map(({ device: { id, person, name, level }, state }) => [
              id,
              person,
              name,
              level,
              state,
            ])
            renderTable(
              terminal,
              cells.map((row) => row.map((cell) => visible(cell))),
              '',
            )
          }
          return EXIT.ok
        }),
      ),
    )
  command
    .command('revoke')
    .argument('<device>', 'its id')
    .requiredOption('--reason <text>', 'why, for the record')
    .description('End a device for good: it must enrol again.')
    .action((id: string, options: { readonly reason: string }) =>
      run(({ terminal, global, now }) =>
        withLedger(global.data, (store) => {
          const { device } = knownDevice(store, id)
          store.revokeDevice(device, options.reason, { by: operator(), at: now.getTime() })
          const result = { device, reason: options.reason }
          if (global.json) terminal.out(jsonText(envelope('broker', null, result)))
          else terminal.out(`revoked ${device}`)
          return EXIT.ok
        }),
      ),
    )
}

/** Throws `NOT_FOUND` for an id that no device has. */
export function knownDevice(store: DeviceStore, id: string): { device: string } {
  if (store.device(id) !== undefined) return { device: id }
  throw new GomeisaError('NOT_FOUND', `no device has the id \`${id}\``, {
    remedy: '`gomeisa broker devices` lists them',
    candidates: store.devices().map((each) => `${each.id}  ${each.name} of ${each.person}`),
  })
}

function stateOf(store: DeviceStore, device: Device, now: number): string {
  try {
    inGoodStanding(store, device.id, now)
    return 'ok'
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
