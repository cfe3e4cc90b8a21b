import { GomeisaError, visible } from '../../../graph/index.ts'
import { inviteBreakGlass, type PeopleStore } from '../../../broker/index.ts'
import { operator, withPeople } from '../../broker/operator.ts'
import { portOf } from '../options.ts'
import type { Verb } from '../verb.ts'
import { tellLine, tellRows } from './told.ts'

const NAME = /^[^\p{C}]{1,200}$/u
const HOUR = 3_600_000

/** `broker people`, `broker break-glass` and `broker revoke-passkey`. */
export const configurePeople: Verb['configure'] = (command, run) => {
  command
    .command('people')
    .description('List people and their passkeys.')
    .action(() =>
      run((context) =>
        withPeople(context.global.data, (store) => {
          const people = listed(store)
          const rows = people.flatMap(({ name, kind, passkeys }) => [
            [name, kind, '', ''],
            ...passkeys.map((each) => ['', each.place, each.state, each.id]),
          ])
          return tellRows(context, { people }, rows, 'nobody has signed in')
        }),
      ),
    )
  command
    .command('break-glass')
    .argument('<person>', 'the name that the device is enrolled for')
    .option('--browser-port <n>', "the agents' port for browsers, for the printed address", '8440')
    .description('Invite an administrator who signs in by passkey alone.')
    .action((person: string, options: { readonly browserPort: string }) =>
      run((context) =>
        withPeople(context.global.data, (store) => {
          const { terminal, now } = context
          if (!NAME.test(person)) {
            throw new GomeisaError('USAGE', 'the name is empty, too long or not printable', {
              remedy: 'name one person',
            })
          }
          const expiresAt = now.getTime() + HOUR
          const leave = inviteBreakGlass(store, person, { by: operator(), at: now.getTime() }, expiresAt)
          const until = new Date(expiresAt).toISOString()
          const open = `http://localhost:${portOf(options.browserPort)}/people/passkey?leave=${leave}`
          const exit = tellLine(context, { person, open, expiresAt: until }, open)
          terminal.note(`open it on the administrator's machine; good once, until ${until}; shown only now`)
          return exit
        }),
      ),
    )
  command
    .command('revoke-passkey')
    .argument('<passkey>', 'its id')
    .requiredOption('--reason <text>', 'why, for the record')
    .description('End a passkey for good; what was shown with it counts no more.')
    .action((id: string, options: { readonly reason: string }) =>
      run((context) =>
        withPeople(context.global.data, (store) => {
          if (store.passkey(id) === undefined) {
            throw new GomeisaError('NOT_FOUND', `no passkey has the id \`${id}\``, {
              remedy: '`gomeisa broker people` lists them',
            })
          }
          const { reason } = options
          store.revokePasskey(id, reason, { by: operator(), at: context.now.getTime() })
          return tellLine(context, { passkey: id, reason }, `revoked ${visible(id)}`)
        }),
      ),
    )
}

function listed(store: PeopleStore) {
  return store.people().map(({ name, kind }) => ({
    name,
    kind,
    passkeys: store.passkeys(name).map(({ id, place, custody, revokedBecause }) => ({
      id,
      place,
      custody,
      state: revokedBecause === undefined ? custody : `revoked: ${revokedBecause}`,
    })),
  }))
}
