import { RUNGS } from '../../policies/index.ts'
import { GRANT_STATES } from '../grants/grant.ts'
import { KILL_KINDS, LEFT } from '../kill/kill-report.ts'
import { REFUSALS } from '../refusal.ts'
import { REQUEST_STATES } from './request.ts'
import { MOST_TOGETHER } from './vote.ts'

/** The documents of the HTTP API as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
const text = { type: 'string' } as const
const words = { type: 'string', minLength: 1, maxLength: 500 } as const
const time = { type: 'string', format: 'date-time' } as const
const flag = { type: 'boolean' } as const
const whole = { type: 'integer', minimum: 0 } as const
const list = (items: object) => ({ type: 'array', items })
const oneOf = (values: readonly string[]) => ({ type: 'string', enum: [...values] })
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] })
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const refOrNull = (name: string) => ({ anyOf: [ref(name), { type: 'null' }] })

function closed(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', additionalProperties: false, required, properties }
}

const fact = oneOf(['yes', 'no', 'unknown'])
/** In words. */
const missing = list(text)
const ids = { type: 'array', items: text, minItems: 1, maxItems: MOST_TOGETHER }

export const API_SCHEMAS: Readonly<Record<string, object>> = {
  Wish: closed(
    {
      entitlement: text,
      durationSeconds: { type: 'integer', minimum: 60, maximum: 2_592_000 },
      reason: words,
      ticket: words,
      startsAt: time,
      breakGlass: flag,
    },
    ['reason', 'ticket', 'startsAt', 'breakGlass'],
  ),
  Way: closed({
    takes: list(text),
    rung: oneOf(RUNGS),
    because: list(text),
    ask: list(text),
    notify: list(text),
  }),
  Preview: closed({
    rung: { enum: [...RUNGS, null] },
    ways: list(ref('Way')),
    breakGlass: list(ref('Way')),
    refused: { anyOf: [closed({ because: list(text), advice: list(text) }), { type: 'null' }] },
    approvers: list(text),
    adds: closed({
      entitlement: text,
      cloud: text,
      role: text,
      scope: text,
      environment: oneOf(['production', 'other', 'unknown']),
      reachesAdministrator: fact,
      opensCrownJewelPath: fact,
    }),
    has: list(text),
    revoke: {
      anyOf: [
        closed({
          typicalSeconds: { type: 'number' },
          worstSeconds: { type: 'number' },
          residual: oneOf(['none', 'until token expiry']),
          providerExpiry: oneOf(['hard', 'none']),
          narrowing: list(oneOf(['policy', 'scope', 'condition', 'none'])),
        }),
        { type: 'null' },
      ],
    },
  }),
  Request: closed({
    id: text,
    person: text,
    entitlement: text,
    durationSeconds: whole,
    reason: orNull(text),
    ticket: orNull(text),
    startsAt: orNull(time),
    breakGlass: flag,
    extends: orNull(text),
    state: oneOf(REQUEST_STATES),
    askedAt: time,
    openUntil: time,
    approvedBy: list(text),
    activatedAt: orNull(time),
    grant: orNull(text),
    deniedBy: orNull(text),
    why: orNull(text),
  }),
  Prompt: closed({ open: text, expiresAt: time }),
  Standing: closed({ request: ref('Request'), missing: list(missing), prompt: refOrNull('Prompt') }),
  RequestList: closed({ mine: list(ref('Standing')), toApprove: list(ref('Request')) }),
  Approval: closed({ requests: ids }),
  Approved: closed({
    approved: flag,
    requests: list(ref('Request')),
    missing,
    prompt: refOrNull('Prompt'),
  }),
  Denial: closed({ requests: ids, reason: words }, ['reason']),
  Requests: closed({ requests: list(ref('Request')) }),
  Grant: closed({
    id: text,
    entitlement: text,
    state: oneOf(GRANT_STATES),
    startsAt: time,
    deadline: time,
    ending: flag,
    extensionsLeft: whole,
    kept: orNull(text),
    externallyModified: flag,
    uncertain: flag,
    trouble: orNull(text),
  }),
  GrantList: closed({ grants: list(ref('Grant')) }),
  Extension: closed(
    { seconds: { type: 'integer', minimum: 60, maximum: 2_592_000 }, reason: words, ticket: words },
    ['reason', 'ticket'],
  ),
  Release: closed({ reason: words }, ['reason']),
  KillOrder: closed({ kind: oneOf(KILL_KINDS), target: text, reason: words }),
  Kill: closed({
    id: whole,
    kind: oneOf(KILL_KINDS),
    target: text,
    reason: text,
    by: text,
    at: time,
    lock: orNull(text),
    remaining: whole,
    grants: list(ref('KilledGrant')),
  }),
  KilledGrant: closed({
    id: text,
    person: text,
    entitlement: text,
    connector: text,
    left: oneOf(LEFT),
    useStopped: flag,
    why: orNull(text),
    failures: whole,
    proof: { anyOf: [closed({ record: whole, hash: text, at: time }), { type: 'null' }] },
    deadBy: { anyOf: [closed({ usually: time, worst: time }), { type: 'null' }] },
    residual: orNull(text),
  }),
  Nothing: closed({}),
  Problem: {
    type: 'object',
    required: ['type', 'status', 'code', 'reason', 'detail'],
    properties: {
      type: text,
      status: whole,
      code: text,
      reason: oneOf(REFUSALS),
      detail: text,
      remedy: text,
    },
  },
}
