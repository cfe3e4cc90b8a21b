import { GomeisaError } from '../../../graph/index.ts'
import { inGoodStanding, Refusal, type Device, type DeviceStore } from '../../../broker/index.ts'
import { operator, withLedger } from '../../broker/operator.ts'
import type { Verb } from '../verb.ts'
import { tellLine, tellRows } from './told.ts'

/** `broker devices` and `broker revoke`. */
export const configureDevices: Verb['configure'] = (command, run) => {
  command
    .command('devices')
    .description('List the devices, and whether each may be used.')
    .action(() =>
      run((context) =>
        withLedger(context.global.data, (store) => {
          const devices = store.devices().map((device) => ({
            id: device.id,
            person: device.person,
            name: device.name,
            level: device.level,
            atLeast: device.atLeast,
            state: stateOf(store, device, context.now.getTime()),
            enrolledUntil: new Date(device.enrolledUntil).toISOString(),
          }))
          const rows = devices.map(({ id, person, name, level, state }) => [id, person, name, level, state])
          return tellRows(context, { devices }, rows, 'no device has enrolled')
        }),
      ),
    )
  command
    .command('revoke')
    .argument('<device>', 'its id')
    .requiredOption('--reason <text>', 'why, for the record')
    .description('End a device for good: it must enrol again.')
    .action((id: string, options: { readonly reason: string }) =>
      run((context) =>
        withLedger(context.global.data, (store) => {
          const { device } = knownDevice(store, id)
          const { reason } = options
          store.revokeDevice(device, reason, { by: operator(), at: context.now.getTime() })
          return tellLine(context, { device, reason }, `revoked ${device}`)
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
