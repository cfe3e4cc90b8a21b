import {
  meetsQuorum,
  missingFrom,
  MOST_APPROVALS,
  quorumsIn,
  requirement,
  type Ask,
  type Decider,
  type Decision,
  type Evidence,
  type Person,
  type Requirement,
  type Way,
} from '../../policies/index.ts'
import type { Freshness } from '../people/evidence.ts'
import type { EvidenceSource } from './evidence-source.ts'
import type { Offer } from './offer.ts'
import { contentHash, elevation, type AccessRequest, type RequestTerms, type Vote } from './request.ts'

/** What was decided about a request with what is shown at this moment. */
export interface Verdict {
  readonly decision: Decision
  readonly evidence: Evidence
  /** The presence that is in the evidence. */
  readonly record: string | undefined
}

/** What a request takes, and what of it is not there yet. */
export interface Needs {
  readonly requirement: Requirement
  /** The least ways that the person has chosen: the ordinary ones, behind the emergency ways where they asked for these. */
  readonly ways: readonly Way[]
  /** Beside `ways`. */
  readonly missing: readonly (readonly string[])[]
}

/** How old a presence may be when a request is activated. */
export const FRESH: Freshness = { desk: 300_000, phone: 300_000 }
/** And when its grant is issued, which can take a few tries. */
export const FRESH_AT_ISSUE: Freshness = { desk: 900_000, phone: 900_000 }

export interface JudgeOptions {
  readonly offer: Offer
  readonly decider: Decider
  readonly source: EvidenceSource
  readonly now: () => number
}

/** Puts requests to the policies, each time with the evidence of that moment. Whatever fails is for the caller a no. */
export class Judge {
  readonly #options: JudgeOptions

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** Throws a refusal where the device may not be used any more, or person or entitlement are gone. */
  verdict(request: AccessRequest, fresh: Freshness = FRESH): Verdict {
    const { source, decider } = this.#options
    const shown = source.shown(source.device(request.device), elevation(request), fresh)
    const evidence = { ...shown.evidence, ...this.#approved(request), breakGlass: request.breakGlass }
    return { decision: decider.decide(this.ask(request), evidence), evidence, record: shown.record }
  }

  needs(request: RequestTerms, evidence: Evidence): Needs {
    const all = requirement(this.#options.decider, this.ask(request))
    const ways = request.breakGlass ? [...all.breakGlass, ...all.ways] : all.ways
    return { requirement: all, ways, missing: ways.map((way) => missingFrom(evidence, way.evidence)) }
  }

  /** The people whose votes count now: each once, none of them the requester's own hand. */
  counted(request: AccessRequest): readonly Person[] {
    const hash = contentHash(request)
    const people: Person[] = []
    for (const vote of request.votes) {
      const again = people.some(({ id }) => this.#options.offer.oneHand(id, vote.person))
      if (vote.content !== hash || again) continue
      const person = this.#stillApproves(request, vote)
      if (person !== undefined) people.push(person)
    }
    return people
  }

  /** May this person approve it with this evidence of their own? */
  approval(request: RequestTerms, approver: Person, evidence: Evidence): Decision {
    const { offer, decider } = this.#options
    const [requester, entitlement] = [offer.person(request.person), offer.entitlement(request.entitlement)]
    return decider.decideApproval({ approver, requester, entitlement, evidence })
  }

  ask(request: RequestTerms): Ask {
    const { offer, now } = this.#options
    return {
      person: offer.person(request.person),
      entitlement: offer.entitlement(request.entitlement),
      durationSeconds: request.durationSeconds,
      reason: request.reason !== undefined,
      ticket: request.ticket !== undefined,
      now: new Date(now()).toISOString(),
    }
  }

  #approved(request: AccessRequest): Pick<Evidence, 'approvals' | 'quorums'> {
    const people = this.counted(request)
    if (people.length === 0) return { approvals: 0, quorums: [] }
    const { person, entitlement } = this.ask(request)
    const named = quorumsIn(this.#options.decider.relevant('activate', person, entitlement))
    return {
      approvals: Math.min(people.length, MOST_APPROVALS),
      quorums: named.filter((quorum) => meetsQuorum(quorum, people, entitlement.owners)),
    }
  }

  /** The voter, if they could give this vote today: same presence, the level of their device as it is judged now. */
  #stillApproves(request: AccessRequest, vote: Vote): Person | undefined {
    const { offer, source } = this.#options
    if (offer.oneHand(vote.person, request.person)) return undefined
    try {
      const device = source.device(vote.device)
      if (device.person !== vote.person) return undefined
      const { presence, phone, proximity } = vote
      const own = { device: device.level, presence, phone, proximity }
      const person = offer.person(vote.person)
      const evidence: Evidence = { ...own, approvals: 0, quorums: [], breakGlass: false }
      return this.approval(request, person, evidence).decision === 'allow' ? person : undefined
    } catch {
      // A lock, a revocation, somebody who is gone: their vote does not count.
      return undefined
    }
  }
}
