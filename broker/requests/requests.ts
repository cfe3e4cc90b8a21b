import { GomeisaError } from '../../graph/index.ts'
import { NO_EVIDENCE } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import { hasEnded, type Grant } from '../grants/grant.ts'
import { demand, Refusal } from '../refusal.ts'
import { entry, ownedBy, put, requestIn, waiting, type RequestsContext } from './context.ts'
import type { Prompt } from './evidence-source.ts'
import { previewOf, type Preview } from './preview.ts'
import { promptFor } from './prompt.ts'
import { elevation, type AccessRequest, type RequestTerms } from './request.ts'
import { expire, settle } from './settle.ts'
import { approve, couldApprove, deny, type Approved } from './vote.ts'

/** What a client may say: an entitlement by its id, and words. */
export type Wish = Omit<RequestTerms, 'person' | 'extends'>

/** A request as it stands for its own person. */
export interface Standing {
  readonly request: AccessRequest
  /** What each way still takes; empty once it does not wait any more. */
  readonly missing: readonly (readonly string[])[]
  /** Where the person shows the next thing that they can show by themselves. */
  readonly prompt: Prompt | undefined
}

const SHORTEST = 60
const LONGEST = 30 * 24 * 3600
/** How far ahead a start may be. */
const FURTHEST = 30 * 24 * 3_600_000
/** Requests of one person that wait at the same time. */
const MOST_WAITING = 50
/** Requests that a list holds. */
export const MOST_LISTED = 100

/** Requests from their asking to the grant, over the link of a device. All refusals are of `refusal.ts`. */
export class Requests {
  readonly #context: RequestsContext

  constructor(context: RequestsContext) {
    this.#context = context
  }

  preview(device: Device, wish: Wish): Promise<Preview> {
    return previewOf(this.#context, this.#terms(device, wish))
  }

  /** Writes the request down, and activates it where what is shown is enough already. Refuses what no evidence would give. */
  async ask(device: Device, wish: Wish): Promise<Standing> {
    return this.#open(device, this.#terms(device, wish))
  }

  /** Looks at the request again, after the person has shown something. */
  async activate(device: Device, id: string): Promise<Standing> {
    const { ledger } = this.#context
    const request = await ledger.transact((tx) => requestIn(tx, id))
    ownedBy(request, device, 'request')
    demand(request.device === device.id, 'session-elsewhere', 'it was asked for on another device of yours')
    return this.#standing(await settle(this.#context, id), device)
  }

  async withdraw(device: Device, id: string): Promise<AccessRequest> {
    const at = this.#context.now()
    return this.#context.ledger.transact(async (tx) => {
      const request = await requestIn(tx, id)
      ownedBy(request, device, 'request')
      waiting(request, at)
      const after = await put(tx, { ...request, state: 'withdrawn' })
      await tx.audit(entry(after, 'withdrawn', { at, actor: device.person }))
      return after
    })
  }

  approve(device: Device, ids: readonly string[]): Promise<Approved> {
    return approve(this.#context, device, ids)
  }

  deny(device: Device, ids: readonly string[], why: string | undefined): Promise<readonly AccessRequest[]> {
    return deny(this.#context, device, ids, why)
  }

  /**
   * Asks for more time for a grant of one's own. It is a request like any other, about the whole time of the grant: so the bound
   * that a policy sets holds for all of it, and earlier votes do not count.
   */
  async extend(
    device: Device,
    id: string,
    more: {
      readonly seconds: number
      readonly reason: string | undefined
      readonly ticket: string | undefined
    },
  ): Promise<Standing> {
    const { ledger, mostExtensions, now } = this.#context
    const { grant, before } = await ledger.transact(async (tx) => ({
      grant: await tx.grant(id),
      before: await tx.requestsOfGrant(id),
    }))
    demand(grant?.person === device.person, 'grant-unknown', 'there is no such grant of yours')
    demand(grant.state === 'active' && grant.deadline > now(), 'state-other', `the grant is ${grant.state}`)
    const extensions = before.filter((each) => each.extends === id).length
    demand(
      extensions < mostExtensions,
      'limit-exceeded',
      `it was extended ${extensions} times: ask for a new grant`,
    )
    const { seconds, reason, ticket } = more
    const had = Math.round((grant.deadline - grant.startsAt) / 1000)
    const words = { reason, ticket, startsAt: undefined, breakGlass: before.some((each) => each.breakGlass) }
    const wish = { entitlement: grant.entitlement, durationSeconds: had + seconds, ...words }
    return this.#open(device, { ...this.#terms(device, wish), extends: id }, grant.deadline)
  }

  /** Gives a grant of one's own back. */
  async release(device: Device, id: string, why: string | undefined): Promise<Grant> {
    const grant = await this.#context.ledger.transact((tx) => tx.grant(id))
    demand(grant?.person === device.person, 'grant-unknown', 'there is no such grant of yours')
    demand(!hasEnded(grant.state), 'state-other', `the grant is ${grant.state}`)
    return this.#context.grants.revoke(id, device.person, why ?? 'released')
  }

  async mine(device: Device): Promise<readonly Standing[]> {
    const all = await this.#context.ledger.transact((tx) => tx.requestsOf(device.person, MOST_LISTED))
    return all.map((request) => this.#standing(request, device, false))
  }

  /** Requests of others that this device's person could approve and has not yet. */
  async toApprove(device: Device): Promise<readonly AccessRequest[]> {
    const { ledger, offer, now } = this.#context
    const person = offer.person(device.person)
    const open = (await ledger.transact((tx) => tx.openRequests())).filter((each) => now() < each.openUntil)
    const voted = (each: AccessRequest) => each.votes.some((vote) => offer.oneHand(vote.person, person.id))
    return open
      .filter((each) => !voted(each) && couldApprove(this.#context, each, person))
      .slice(0, MOST_LISTED)
  }

  async grants(
    device: Device,
  ): Promise<readonly { readonly grant: Grant; readonly extensionsLeft: number }[]> {
    const { ledger, mostExtensions } = this.#context
    return ledger.transact(async (tx) => {
      const listed = (await tx.grants(device.person)).slice(0, MOST_LISTED)
      const rows: { grant: Grant; extensionsLeft: number }[] = []
      for (const grant of listed) {
        const made = (await tx.requestsOfGrant(grant.id)).filter((each) => each.extends === grant.id)
        rows.push({ grant, extensionsLeft: Math.max(0, mostExtensions - made.length) })
      }
      return rows
    })
  }

  /** Takes up what waits for its start or for another try, and ends what nobody took up. */
  async tick(): Promise<void> {
    const open = await this.#context.ledger.transact((tx) => tx.openRequests())
    for (const request of open) {
      try {
        await settle(this.#context, request.id)
      } catch (error) {
        // Its grant is over: there is nothing to extend. Other refusals may pass: a lock, somebody not in the catalogue.
        if (error instanceof Refusal) continue
        if (!(error instanceof GomeisaError) || error.code !== 'REFUSED') throw error
        await expire(this.#context, request, error.message)
      }
    }
  }

  async #open(device: Device, terms: RequestTerms, latest = Infinity): Promise<Standing> {
    const { judge, ledger, now, newId, openFor, connectors, offer } = this.#context
    const at = now()
    const connector = connectors.for(offer.entitlement(terms.entitlement))
    demand(connector !== undefined, 'entitlement-unknown', 'no connector gives this entitlement now')
    const { ways, requirement } = judge.needs(terms, NO_EVIDENCE)
    const openUntil = Math.min(Math.max(at, terms.startsAt ?? 0) + openFor, latest)
    const begun = {
      state: 'awaiting',
      votes: [],
      device: device.id,
      askedAt: at,
      openUntil,
      version: 0,
    } as const
    const none = { activatedAt: undefined, grant: undefined, deniedBy: undefined, why: undefined }
    const request: AccessRequest = { ...terms, ...begun, ...none, id: newId() }
    const by = { at, actor: terms.person }
    const words = { reason: terms.reason ?? null, ticket: terms.ticket ?? null, breakGlass: terms.breakGlass }
    if (ways.length === 0) {
      const { because = [], advice = [] } = requirement.refused ?? {}
      await ledger.transact((tx) => tx.audit(entry(request, 'refused', by, { ...words, because })))
      const why = because.length === 0 ? 'no policy allows it' : `forbidden by ${because.join(', ')}`
      throw new Refusal('policy-denies', [why, ...advice].join('. '))
    }
    await ledger.transact(async (tx) => {
      const waits = (await tx.openRequests()).filter(({ person }) => person === terms.person)
      demand(waits.length < MOST_WAITING, 'too-many', 'too many requests of yours are waiting')
      const twice = waits.some((each) => terms.extends !== undefined && each.extends === terms.extends)
      demand(!twice, 'state-other', 'an extension of this grant is waiting already')
      await tx.insertRequest(request)
      await tx.audit(entry(request, 'asked', by, { ...words, policies: requirement.policies }))
    })
    return this.#standing(await settle(this.#context, request.id), device)
  }

  #standing(request: AccessRequest, device: Device, ask = true): Standing {
    const none = { request, missing: [], prompt: undefined }
    if (request.state !== 'awaiting') return none
    try {
      const { evidence } = this.#context.judge.verdict(request)
      const { ways, missing } = this.#context.judge.needs(request, evidence)
      const way = ways[0]
      const due = ask && way !== undefined && request.device === device.id && this.#due(request)
      const { source } = this.#context
      const prompt = due ? promptFor(source, device, elevation(request), evidence, way) : undefined
      return { request, missing, prompt }
    } catch (error) {
      if (error instanceof Refusal) return none
      throw error
    }
  }

  /** A presence that is shown before the start would be too old by then. */
  #due(request: AccessRequest): boolean {
    return this.#context.now() >= (request.startsAt ?? 0)
  }

  #terms(device: Device, wish: Wish): RequestTerms {
    const { durationSeconds, startsAt } = wish
    const now = this.#context.now()
    const fits = durationSeconds >= SHORTEST && durationSeconds <= LONGEST
    demand(fits, 'limit-exceeded', 'ask for a minute at least and thirty days at most')
    demand((startsAt ?? 0) <= now + FURTHEST, 'limit-exceeded', 'the start is more than thirty days ahead')
    const later = startsAt !== undefined && startsAt > now ? startsAt : undefined
    return {
      ...wish,
      startsAt: later,
      person: this.#context.offer.person(device.person).id,
      extends: undefined,
    }
  }
}
