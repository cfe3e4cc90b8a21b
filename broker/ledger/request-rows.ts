import { DEVICE_LEVELS, PRESENCES } from '../../policies/index.ts'
import { REQUEST_STATES, type AccessRequest, type Vote } from '../requests/request.ts'
import { Document } from './grant-rows.ts'

/** A request as the ledger's document; one of another form is a damaged ledger. */
export function requestOf(text: string): AccessRequest {
  const row = new Document(text)
  const optionalText = (key: string) => row.optional(key, (name) => row.text(name))
  const optionalNumber = (key: string) => row.optional(key, (name) => row.number(name))
  return {
    id: row.text('id'),
    person: row.text('person'),
    entitlement: row.text('entitlement'),
    durationSeconds: row.number('durationSeconds'),
    reason: optionalText('reason'),
    ticket: optionalText('ticket'),
    startsAt: optionalNumber('startsAt'),
    breakGlass: row.flag('breakGlass'),
    extends: optionalText('extends'),
    device: row.text('device'),
    askedAt: row.number('askedAt'),
    openUntil: row.number('openUntil'),
    state: row.one('state', REQUEST_STATES),
    votes: row.list('votes').map(voteOf),
    activatedAt: optionalNumber('activatedAt'),
    grant: optionalText('grant'),
    deniedBy: optionalText('deniedBy'),
    why: optionalText('why'),
    version: row.number('version'),
  }
}

const voteOf = (row: Document): Vote => ({
  person: row.text('person'),
  device: row.text('device'),
  at: row.number('at'),
  content: row.text('content'),
  level: row.one('level', DEVICE_LEVELS),
  presence: row.one('presence', PRESENCES),
  phone: row.flag('phone'),
  proximity: row.flag('proximity'),
  record: row.optional('record', (key) => row.text(key)),
})
