import { setTimeout as pause } from 'node:timers/promises'
import { GomeisaError, isObject, type Json, type JsonObject, own } from '../../graph/index.ts'
import type { Outcome } from '../transport/journal.ts'
import type { Call, Job } from './calls/call.ts'
import type { Clients, Where } from './clients.ts'
import { codeOf, isNoEndpoint } from './failures.ts'
import { without } from './plain.ts'

/**
 * Makes a call with all its pages, and the job before it. What AWS says is an outcome; only what ends the whole
 * collection is thrown.
 */
export async function ask(
  clients: Clients,
  call: Call,
  parameters: JsonObject,
  where: Where,
): Promise<Outcome> {
  const send = (operation: string, asked: JsonObject) => clients.send(call.service, operation, asked, where)
  try {
    const first = call.job === undefined ? parameters : await started(call.job, parameters, send)
    if (first === undefined) return JOB_FAILED
    const pages: Json[] = []
    for (let asked = first, tokens = new Set<Json>(); ;) {
      const page = await settled(call, asked, send)
      if (page === undefined) return JOB_FAILED
      pages.push(without(page, call.drop ?? []))
      const next = nextPage(call, page)
      if (next === undefined || tokens.has(next.value)) break
      tokens.add(next.value)
      asked = { ...first, [next.name]: next.value }
    }
    return { is: 'answer', bytes: Buffer.from(JSON.stringify(pages)) }
  } catch (error) {
    if (error instanceof GomeisaError) throw error
    if (call.service.notEverywhere === true && isNoEndpoint(error))
      return { is: 'absent', code: 'NoEndpoint' }
    const code = codeOf(error)
    return { is: call.absent?.includes(code) === true ? 'absent' : 'refused', code }
  }
}

const JOB_FAILED: Outcome = { is: 'refused', code: 'JobFailed' }

type Send = (operation: string, parameters: JsonObject) => Promise<Json>

/** Starts a job and gives the parameters to ask with: its name, or none when it was waited for; undefined when it failed. */
async function started(job: Job, parameters: JsonObject, send: Send): Promise<JsonObject | undefined> {
  const [member, done] = job.done
  for (const delay of DELAYS) {
    const answer = await send(job.start, parameters)
    if (job.id !== undefined) return { [job.id]: memberOf(answer, job.id) }
    if (memberOf(answer, member) === done) return {}
    await pause(delay)
  }
  return undefined
}

/** Asks, and for a job with a name again until it is done; undefined when it failed. */
async function settled(call: Call, asked: JsonObject, send: Send): Promise<Json | undefined> {
  if (call.job?.id === undefined) return send(call.operation, asked)
  const [member, done] = call.job.done
  for (const delay of DELAYS) {
    const answer = await send(call.operation, asked)
    const status = memberOf(answer, member)
    if (status === done) return answer
    if (status === 'FAILED') return undefined
    await pause(delay)
  }
  return undefined
}

/** Milliseconds between two looks at a job: longer each time, some five minutes in all. */
const DELAYS = Array.from({ length: 35 }, (_, n) => Math.min(250 * 2 ** n, 10_000))

function nextPage(call: Call, page: Json): { readonly name: string; readonly value: Json } | undefined {
  if (call.pages === undefined) return undefined
  const [answer, question] = typeof call.pages === 'string' ? [call.pages, call.pages] : call.pages
  const value = memberOf(page, answer)
  return value === null || value === '' ? undefined : { name: question, value }
}

function memberOf(answer: Json, name: string): Json {
  return (isObject(answer) ? own(answer, name) : undefined) ?? null
}
