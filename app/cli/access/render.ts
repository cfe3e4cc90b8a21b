import {
  isObject,
  own,
  ownList,
  ownObject,
  ownString,
  visible,
  type JsonObject,
} from '../../../graph/index.ts'
import type { Terminal } from '../terminal.ts'

/** Answers of the broker for people. Whatever they hold came from outside and is shown `visible`. */
export const objectsIn = (from: JsonObject, name: string): readonly JsonObject[] =>
  ownList(from, name).filter((each) => isObject(each))

const textsIn = (from: JsonObject, name: string): readonly string[] =>
  ownList(from, name).filter((each) => typeof each === 'string')

const lengthOf = (seconds: unknown): string => {
  if (typeof seconds !== 'number') return 'some time'
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)]
  return (
    [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' ') || `${seconds} s`
  )
}

export function renderRequest(terminal: Terminal, request: JsonObject): void {
  const word = (name: string) => ownString(request, name)
  const length = lengthOf(own(request, 'durationSeconds'))
  const more = word('extends') === undefined ? 'for' : `more of ${word('extends') ?? ''}, in all`
  const says = `${word('person') ?? ''}  ${word('entitlement') ?? ''}  ${more} ${length}: ${word('state') ?? ''}`
  terminal.block(`${visible(word('id') ?? '')}  `, visible(says), undefined, 'bold')
  const votes = textsIn(request, 'approvedBy')
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['reason', word('reason')],
    ['ticket', word('ticket')],
    ['starts', word('startsAt')],
    ['approved by', votes.length === 0 ? undefined : votes.join(', ')],
    ['denied by', word('deniedBy')],
    ['why', word('why')],
    ['grant', word('grant')],
    ['emergency', own(request, 'breakGlass') === true ? 'yes' : undefined],
  ]
  for (const [name, value] of rows) {
    if (value !== undefined) terminal.block(`  ${name.padEnd(12)}`, visible(value))
  }
}

/** A request of one's own, what is still missing, and where to show it. */
export function renderStanding(terminal: Terminal, standing: JsonObject): void {
  const request = ownObject(standing, 'request') ?? {}
  renderRequest(terminal, request)
  const ways = ownList(standing, 'missing').filter((way) => Array.isArray(way))
  for (const [i, way] of ways.entries()) {
    terminal.block(i === 0 ? '  missing     ' : '  or          ', visible(way.join(', ')))
  }
  renderPrompt(terminal, standing)
  if (ownString(request, 'state') === 'awaiting') {
    terminal.note(`then: gomeisa request --resume ${ownString(request, 'id') ?? ''}`)
  }
}

export function renderPrompt(terminal: Terminal, from: JsonObject): void {
  const open = ownString(ownObject(from, 'prompt') ?? {}, 'open')
  // In one piece: it is there to be opened.
  if (open !== undefined) terminal.out(`  show it     ${visible(open)}`)
}

export function renderPreview(terminal: Terminal, preview: JsonObject): void {
  const adds = ownObject(preview, 'adds') ?? {}
  const word = (name: string) => ownString(adds, name) ?? ''
  const facts = `administrator: ${word('reachesAdministrator')}, crown jewel: ${word('opensCrownJewelPath')}`
  terminal.block('adds          ', visible(`${word('role')} at ${word('scope')} (${word('cloud')})`))
  terminal.block('reaches       ', visible(`${facts}; environment: ${word('environment')}`))
  for (const name of ['ways', 'breakGlass'] as const) {
    const head = name === 'ways' ? 'takes         ' : 'break glass   '
    for (const way of objectsIn(preview, name)) {
      const takes = textsIn(way, 'takes').join(', ') || 'nothing'
      terminal.block(head, visible(`${takes} (${ownString(way, 'rung') ?? ''})`))
    }
  }
  const refused = ownObject(preview, 'refused')
  if (refused !== undefined) {
    const why = [...textsIn(refused, 'because'), ...textsIn(refused, 'advice')].join('. ')
    terminal.block('refused       ', visible(why || 'no policy allows it'))
  }
  const approvers = textsIn(preview, 'approvers')
  if (approvers.length > 0) terminal.block('can approve   ', visible(approvers.join(', ')))
  const has = textsIn(preview, 'has')
  if (has.length > 0) terminal.block('you have it   ', visible(has.join(', ')))
  terminal.block('taken back    ', visible(revocation(ownObject(preview, 'revoke'))))
}

function revocation(revoke: JsonObject | undefined): string {
  if (revoke === undefined) return 'no connector gives it now'
  const [typical, worst] = [own(revoke, 'typicalSeconds'), own(revoke, 'worstSeconds')]
  const ends =
    ownString(revoke, 'providerExpiry') === 'hard' ? 'the cloud ends it itself' : 'it needs the broker'
  const left = ownString(revoke, 'residual') === 'none' ? '' : '; tokens live on until they expire'
  return `within ${lengthOf(typical)}, at worst ${lengthOf(worst)}; at its end ${ends}${left}`
}

export function renderGrant(terminal: Terminal, grant: JsonObject): void {
  const word = (name: string) => ownString(grant, name)
  const until = `${word('state') ?? ''} until ${word('deadline') ?? ''}`
  terminal.block(
    `${visible(word('id') ?? '')}  `,
    visible(`${word('entitlement') ?? ''}  ${until}`),
    undefined,
    'bold',
  )
  const trouble = word('trouble')
  if (trouble !== undefined) terminal.block('  trouble     ', visible(trouble))
  if (own(grant, 'externallyModified') === true)
    terminal.block('  changed     ', 'by somebody outside the broker')
  if (own(grant, 'ending') === true) {
    terminal.note(`${word('id') ?? ''} ends soon: gomeisa extend ${word('id') ?? ''} --for 1h`)
  }
}
