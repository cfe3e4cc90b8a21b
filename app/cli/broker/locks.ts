import { GomeisaError, visible } from '../../../graph/index.ts'
import { lock, type Lock, type LockTarget } from '../../../broker/index.ts'
import { operator, withLedger } from '../../broker/operator.ts'
import { instantOf } from '../options.ts'
import type { Verb } from '../verb.ts'
import { knownDevice } from './devices.ts'
import { tellLine, tellRows } from './told.ts'

interface LockOptions {
  readonly device?: string
  readonly person?: string
  readonly reason: string
  readonly until?: string
}

/** `broker lock`, `broker unlock` and `broker locks`. */
export const configureLocks: Verb['configure'] = (command, run) => {
  command
    .command('lock')
    .description('Close the connections of a device or a person and keep them out.')
    .option('--device <id>', 'one device')
    .option('--person <name>', 'every device of a person')
    .requiredOption('--reason <text>', 'why; they are told')
    .option('--until <time>', 'when it ends by itself (default: when it is lifted)')
    .action((options: LockOptions) =>
      run((context) =>
        withLedger(context.global.data, (store) => {
          const { terminal, now } = context
          const target = targetOf(options)
          if (target.kind === 'device') knownDevice(store, target.id)
          const until = options.until === undefined ? undefined : Date.parse(instantOf(options.until))
          if (until !== undefined && until <= now.getTime()) {
            throw new GomeisaError('USAGE', 'the lock would end before it begins', {
              remedy: 'give a later --until',
            })
          }
          const made = lock(store, target, { reason: options.reason, by: operator(), until }, now.getTime())
          const line = `locked ${target.kind} ${visible(target.id)}; lift it: gomeisa broker unlock ${made.id}`
          const exit = tellLine(context, { lock: lockJson(made) }, line)
          terminal.note('a running broker closes live connections within a quarter of a second')
          return exit
        }),
      ),
    )
  command
    .command('unlock')
    .argument('<lock>', 'its id')
    .description('Lift a lock.')
    .action((id: string) =>
      run((context) =>
        withLedger(context.global.data, (store) => {
          const found = store.locks().find((each) => each.id === id)
          if (found === undefined) {
            throw new GomeisaError('NOT_FOUND', `no lock has the id \`${id}\``, {
              remedy: '`gomeisa broker locks` lists them',
            })
          }
          store.liftLock(id, { by: operator(), at: context.now.getTime() })
          return tellLine(context, { lifted: id }, `lifted ${id}`)
        }),
      ),
    )
  command
    .command('locks')
    .description('List the locks, newest first.')
    .action(() =>
      run((context) =>
        withLedger(context.global.data, (store) => {
          const locks = store.locks().map(lockJson)
          const rows = locks.map(({ id, kind, target, state, reason }) => [
            id,
            `${kind} ${target}`,
            state,
            reason,
          ])
          return tellRows(context, { locks }, rows, 'there is no lock')
        }),
      ),
    )
}

function targetOf({ device, person }: LockOptions): LockTarget {
  if (device !== undefined && person === undefined) return { kind: 'device', id: device }
  if (person !== undefined && device === undefined) return { kind: 'person', id: person }
  throw new GomeisaError('USAGE', 'name one of --device and --person', {
    remedy: '`gomeisa broker devices` lists both',
  })
}

const iso = (at: number): string => new Date(at).toISOString()

function lockJson(each: Lock) {
  const { id, target, reason, by, at, until, liftedAt, liftedBy } = each
  const lifted = liftedAt === undefined ? undefined : `lifted by ${liftedBy ?? ''} at ${iso(liftedAt)}`
  const state = lifted ?? (until === undefined ? 'until lifted' : `until ${iso(until)}`)
  return { id, kind: target.kind, target: target.id, reason, by, at: iso(at), state }
}
