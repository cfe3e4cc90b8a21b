import type { Verb } from '../verb.ts'
import { configureDevices } from '../broker/devices.ts'
import { configureInvite } from '../broker/invite.ts'
import { configureIssuer } from '../broker/issuer.ts'
import { configureLocks } from '../broker/locks.ts'
import { configurePeople } from '../broker/people.ts'
import { configureRun } from '../broker/run.ts'
import { configureTrust } from '../broker/trust.ts'

export const broker: Verb = {
  configure(command, run) {
    command.usage('run|invite|devices|lock|… [options]').addHelpText(
      'after',
      `
Runs the broker's ports and keeps its devices. What it knows is in the folder
broker/ of the data directory.

Examples:
  gomeisa broker run --name broker.example.com
  gomeisa broker invite --person ana@example.com --device laptop --at-least tpm
  gomeisa broker lock --person ana@example.com --reason 'laptop stolen'
  gomeisa broker trust add tpm-maker-root.pem`,
    )
    for (const configure of [
      configureRun,
      configureInvite,
      configureDevices,
      configureLocks,
      configureTrust,
      configurePeople,
      configureIssuer,
    ]) {
      configure(command, run)
    }
  },
}
