import { isObject, own, ownObject, ownString, visible, type JsonObject } from '../../../graph/index.ts'
import type { Terminal } from '../terminal.ts'
import { objectsIn } from './render.ts'

const countIn = (from: JsonObject, name: string): number => {
  const value = own(from, name)
  return typeof value === 'number' ? value : 0
}

/** How many grants of a report may still be there. */
export const remainingIn = (report: JsonObject): number => countIn(report, 'remaining')

/** Whether all is proven gone, or never was there: nothing stays and nothing is uncertain. */
export const isProven = (report: JsonObject): boolean =>
  objectsIn(report, 'grants').every((each) => {
    const left = ownString(each, 'left')
    return left === 'gone' || left === 'untouched'
  })

/** The line of the countdown. */
export function countdownOf(report: JsonObject): string {
  const waiting = objectsIn(report, 'grants').filter((each) =>
    ['removing', 'failing'].includes(ownString(each, 'left') ?? ''),
  )
  const where = waiting.map(
    (each) => `${ownString(each, 'entitlement') ?? ''} (${ownString(each, 'connector') ?? ''})`,
  )
  return `${waiting.length} to go: ${where.join(', ')}`
}

/** What a kill has left where, and what proves it. */
export function renderKill(terminal: Terminal, report: JsonObject): void {
  const word = (name: string) => ownString(report, name)
  terminal.block(
    'killed      ',
    visible(`${word('kind') ?? ''} ${word('target') ?? ''}: ${word('reason') ?? ''}`),
  )
  const lock = word('lock')
  if (lock !== undefined) terminal.block('locked      ', `lift it: gomeisa broker unlock ${visible(lock)}`)
  const all = objectsIn(report, 'grants')
  if (all.length === 0) terminal.out('grants      none was held')
  for (const each of all) {
    const name = (field: string) => ownString(each, field) ?? ''
    const head = `${visible(name('id'))}  `
    terminal.block(
      head,
      visible(`${name('entitlement')} of ${name('person')} (${name('connector')})`),
      undefined,
      'bold',
    )
    terminal.block('  left        ', visible(leftWords(each)))
    const deadBy = ownObject(each, 'deadBy')
    if (deadBy === undefined) continue
    const rest = name('residual') === 'none' ? 'what is in use' : 'sessions begun before'
    const times = `usually ${ownString(deadBy, 'usually') ?? ''}, at worst ${ownString(deadBy, 'worst') ?? ''}`
    terminal.block('  dead by     ', visible(`${rest}: ${times}`))
  }
}

function leftWords(grant: JsonObject): string {
  const [why, proof] = [ownString(grant, 'why'), ownObject(grant, 'proof')]
  const stopped = own(grant, 'useStopped') === true ? 'use is denied already; ' : ''
  const because = why === undefined ? '' : `: ${why}`
  switch (ownString(grant, 'left')) {
    case 'gone':
      return `nothing: the cloud was seen without it, record ${proofWords(proof)}`
    case 'untouched':
      return 'nothing: it never reached the cloud'
    case 'kept':
      return `the access stays${because}`
    case 'uncertain':
      return `unknown${because}`
    case 'failing':
      return `${stopped}not removed yet, tried ${countIn(grant, 'failures')} times${because}`
    default:
      return `${stopped}being removed${because}`
  }
}

function proofWords(proof: JsonObject | undefined): string {
  if (!isObject(proof)) return 'unknown'
  return `${countIn(proof, 'record')} of the log at ${ownString(proof, 'at') ?? ''}`
}
