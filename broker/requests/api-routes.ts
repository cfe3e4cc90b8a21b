import type { Json, JsonObject } from '../../graph/index.ts'
import { Fields } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import { demand } from '../refusal.ts'
import type { DeviceKills } from '../kill/device-kills.ts'
import { KILL_KINDS } from '../kill/kill-report.ts'
import { killView } from '../kill/kill-view.ts'
import type { Requests, Wish } from './requests.ts'
import { grantView, previewView, promptView, requestView, standingView } from './views.ts'

export interface ApiCall {
  readonly requests: Requests
  readonly kills: DeviceKills
  readonly device: Device
  /** The part of the path that is `{id}`. */
  readonly id: string
  readonly body: Fields
  readonly now: number
}

/** One operation of the HTTP API: what answers it, and what the OpenAPI document says of it. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST'
  /** As in OpenAPI: at most one `{id}`. */
  readonly path: string
  readonly operation: string
  readonly summary: string
  /** Names of `API_SCHEMAS`. */
  readonly body?: string
  readonly answer: string
  answers(call: ApiCall): Promise<JsonObject>
}

export const API_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/requests/preview',
    operation: 'previewRequest',
    summary:
      'What a request would take, who could approve it, what it adds and how fast it can be taken back.',
    body: 'Wish',
    answer: 'Preview',
    answers: async ({ requests, device, body }) => previewView(await requests.preview(device, wishOf(body))),
  },
  {
    method: 'POST',
    path: '/v1/requests',
    operation: 'ask',
    summary: 'Ask for an entitlement of the catalogue, by its id.',
    body: 'Wish',
    answer: 'Standing',
    answers: async ({ requests, device, body }) => standingView(await requests.ask(device, wishOf(body))),
  },
  {
    method: 'GET',
    path: '/v1/requests',
    operation: 'listRequests',
    summary: "The person's own requests, newest first, and those of others that they could approve.",
    answer: 'RequestList',
    answers: async ({ requests, device }) => ({
      mine: (await requests.mine(device)).map(standingView),
      toApprove: (await requests.toApprove(device)).map(requestView),
    }),
  },
  {
    method: 'POST',
    path: '/v1/requests/{id}/activate',
    operation: 'activate',
    summary:
      'Decide again with what is shown now; where that is not enough, say what is missing and where to show it.',
    body: 'Nothing',
    answer: 'Standing',
    answers: async ({ requests, device, id }) => standingView(await requests.activate(device, id)),
  },
  {
    method: 'POST',
    path: '/v1/requests/{id}/withdraw',
    operation: 'withdraw',
    summary: 'Take a request of one’s own back.',
    body: 'Nothing',
    answer: 'Request',
    answers: async ({ requests, device, id }) => requestView(await requests.withdraw(device, id)),
  },
  {
    method: 'POST',
    path: '/v1/approvals',
    operation: 'approve',
    summary: 'Approve requests of others, all or none, with one presence for all.',
    body: 'Approval',
    answer: 'Approved',
    answers: async ({ requests, device, body }) => {
      body.only(['requests'])
      const done = await requests.approve(device, body.strings('requests'))
      const views = done.requests.map(requestView)
      if (done.kind === 'approved') return { approved: true, requests: views, missing: [], prompt: null }
      const { missing, prompt } = done
      return { approved: false, requests: views, missing: [...missing], prompt: promptView(prompt) }
    },
  },
  {
    method: 'POST',
    path: '/v1/denials',
    operation: 'deny',
    summary: 'Deny requests of others, for good.',
    body: 'Denial',
    answer: 'Requests',
    answers: async ({ requests, device, body }) => {
      body.only(['requests', 'reason'])
      const denied = await requests.deny(device, body.strings('requests'), wordsOf(body, 'reason'))
      return { requests: denied.map(requestView) }
    },
  },
  {
    method: 'GET',
    path: '/v1/grants',
    operation: 'listGrants',
    summary: "The person's grants, newest first; `ending` where the end is near.",
    answer: 'GrantList',
    answers: async ({ requests, device, now }) => ({
      grants: (await requests.grants(device)).map((row) => grantView(row.grant, row.extensionsLeft, now)),
    }),
  },
  {
    method: 'POST',
    path: '/v1/grants/{id}/extend',
    operation: 'extend',
    summary: 'Ask for more time: a request about the whole time of the grant.',
    body: 'Extension',
    answer: 'Standing',
    answers: async ({ requests, device, id, body }) => {
      body.only(['seconds', 'reason', 'ticket'])
      const seconds = body.number('seconds', LONGEST, 0)
      const [reason, ticket] = [wordsOf(body, 'reason'), wordsOf(body, 'ticket')]
      return standingView(await requests.extend(device, id, { seconds, reason, ticket }))
    },
  },
  {
    method: 'POST',
    path: '/v1/grants/{id}/release',
    operation: 'release',
    summary: 'Give a grant of one’s own back before its end.',
    body: 'Release',
    answer: 'Grant',
    answers: async ({ requests, device, id, body, now }) => {
      body.only(['reason'])
      return grantView(await requests.release(device, id, wordsOf(body, 'reason')), 0, now)
    },
  },
  {
    method: 'POST',
    path: '/v1/kills',
    operation: 'kill',
    summary: 'Lock a person or a device and end their grants now, or one grant.',
    body: 'KillOrder',
    answer: 'Kill',
    answers: async ({ kills, device, body }) => {
      body.only(['kind', 'target', 'reason'])
      const aim = { kind: body.word('kind', KILL_KINDS), id: body.string('target') }
      const reason = wordsOf(body, 'reason')
      demand(reason !== undefined, 'malformed', 'a kill needs a `reason`')
      return killView(await kills.order(device, aim, reason))
    },
  },
  {
    method: 'GET',
    path: '/v1/kills/{id}',
    operation: 'killReport',
    summary: 'What a kill has left where, and what proves that something is gone.',
    answer: 'Kill',
    answers: async ({ kills, device, id }) => {
      demand(/^\d{1,15}$/.test(id), 'kill-unknown', 'kills have numbers')
      return killView(await kills.report(device, Number(id)))
    },
  },
]

const LONGEST = 2_592_000
const WORDS = /^[^\p{Cc}\p{Cs}]{1,500}$/u

function wishOf(body: Fields): Wish {
  body.only(['entitlement', 'durationSeconds', 'reason', 'ticket', 'startsAt', 'breakGlass'])
  const start = body.has('startsAt') ? Date.parse(body.string('startsAt')) : undefined
  demand(start === undefined || !Number.isNaN(start), 'malformed', '`startsAt` is no time of RFC 3339')
  return {
    entitlement: body.string('entitlement'),
    durationSeconds: body.number('durationSeconds', LONGEST, 0),
    reason: wordsOf(body, 'reason'),
    ticket: wordsOf(body, 'ticket'),
    startsAt: start,
    breakGlass: body.boolean('breakGlass', false),
  }
}

/** Words for people: one line, so that they can be shown and signed. */
function wordsOf(body: Fields, name: string): string | undefined {
  if (!body.has(name)) return undefined
  const text = body.string(name)
  demand(WORDS.test(text), 'malformed', `\`${name}\` should be one line of at most 500 characters`)
  return text
}

/** A body from outside; its readers throw `INPUT_SHAPE`, which the routes answer as `malformed`. */
export const bodyFields = (body: Json): Fields => new Fields(body, 'body', '')
