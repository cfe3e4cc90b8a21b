import { isObject, own, ownList, ownObject, ownString, type Json } from '../../../graph/index.ts'
import { awsTime, GRANT_TAG } from './session-policy.ts'

/**
 * An inline policy of a role about one grant: it denies the grant's sessions everything, from a moment on (`open`) or at once
 * (`shut`). One policy a grant, so that two brokers never overwrite each other's: IAM has no version to compare.
 */
export type Fence =
  | { readonly kind: 'open'; readonly until: number }
  /** Needed until `needed`: then the last session is over. */
  | { readonly kind: 'shut'; readonly needed: number }

const TAG = `aws:PrincipalTag/${GRANT_TAG}`

export function fenceText(grant: string, fence: Fence): string {
  const open = fence.kind === 'open' && { DateGreaterThanEquals: { 'aws:CurrentTime': awsTime(fence.until) } }
  const Sid = fence.kind === 'open' ? 'Open' : `Shut${Math.ceil(fence.needed / 1000)}`
  const Condition = { StringEquals: { [TAG]: grant }, ...open }
  return policyText({ Sid, Effect: 'Deny', Action: '*', Resource: '*', Condition })
}

/** Denies what a person's sessions of a role may do, as far as they were begun before `now`. */
export function personFenceText(source: string, now: number): string {
  const Condition = {
    StringEquals: { 'aws:SourceIdentity': source },
    DateLessThan: { 'aws:TokenIssueTime': awsTime(now + 999) },
  }
  return policyText({ Sid: 'Killed', Effect: 'Deny', Action: '*', Resource: '*', Condition })
}

/** A policy as the cloud gives it back: undefined where it is not, to the letter, one that `fenceText` makes. */
export function readFence(grant: string, text: string): Fence | undefined {
  const document = parsed(text)
  const statement = isObject(document) ? ownList(document, 'Statement')[0] : undefined
  if (!isObject(statement)) return undefined
  const sid = ownString(statement, 'Sid') ?? ''
  const shut = /^Shut(\d{1,12})$/.exec(sid)?.[1]
  const dates = ownObject(ownObject(statement, 'Condition') ?? {}, 'DateGreaterThanEquals')
  const until = Date.parse((dates && ownString(dates, 'aws:CurrentTime')) ?? '')
  const fence: Fence =
    shut === undefined ? { kind: 'open', until } : { kind: 'shut', needed: Number(shut) * 1000 }
  if (fence.kind === 'open' && Number.isNaN(until)) return undefined
  return fenceText(grant, fence) === JSON.stringify(document) ? fence : undefined
}

/** Two texts of one policy: IAM gives documents back percent-encoded. */
export const samePolicy = (a: string, b: string): boolean =>
  JSON.stringify(parsed(a)) === JSON.stringify(parsed(b))

const policyText = (statement: Json): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] })

function parsed(text: string): Json | undefined {
  try {
    const plain = text.startsWith('%') ? decodeURIComponent(text) : text
    const document = JSON.parse(plain) as Json
    return isObject(document) && own(document, 'Version') !== undefined ? document : undefined
  } catch {
    return undefined
  }
}
