import { GomeisaError } from '../../graph/index.ts'
import { activate } from './activate.ts'
import type { KillTarget } from './connector.ts'
import { BrokerGone, GrantsContext, type GrantsOptions } from './context.ts'
import { hasEnded, type Grant } from './grant.ts'
import type { GrantTransaction } from './grant-ledger.ts'
import { remove } from './remove.ts'
import { watch } from './watch.ts'
import { about, freshAccess, Work } from './work.ts'

/** What a grant is asked for with, after whoever decides has said yes. Ids are the operator's own. */
export interface GrantWish {
  readonly person: string
  readonly entitlement: string
  readonly connector: string
  readonly reason: string
  readonly by: string
  /** Milliseconds since 1970; now unless told. */
  readonly startsAt?: number
  readonly deadline: number
}

/** What is to be written, and how: nothing is until then. */
export interface Prepared {
  /** As it will be, or for an extension as it was. */
  readonly grant: Grant
  readonly write: (tx: GrantTransaction) => Promise<Grant>
}

/** Grants worked on at the same time: a restart over many must not storm a cloud. */
const AT_ONCE = 256
/** Milliseconds between looks at the ledger, when nothing and when something was due. */
const LONGEST_SLEEP = 500
const SHORTEST_SLEEP = 20

/**
 * Grants, revokes and keeps looking until each grant has ended. The ledger knows what is to be before any cloud is touched;
 * whatever stops this broker, the next one goes on. Nothing here is true for the cloud before `step` or `tick` have run.
 */
export class Grants {
  readonly #context: GrantsContext
  readonly #options: GrantsOptions
  /** The last step on each access in this process. */
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(options: GrantsOptions) {
    this.#options = options
    this.#context = new GrantsContext(options)
  }

  /** Writes the intent, durable with its audit record. Throws `NOT_FOUND` for a connector that there is not, `REFUSED` for no time. */
  async intend(wish: GrantWish): Promise<Grant> {
    const { grant, write } = await this.prepare(wish)
    await this.#context.ledger.transact(write)
    return grant
  }

  /** The same for who has more to write in that transaction. Throws as `intend` does. */
  async prepare(wish: GrantWish): Promise<Prepared> {
    const connector = this.#context.connector(wish.connector)
    if (connector === undefined)
      throw new GomeisaError('NOT_FOUND', `no connector is called \`${wish.connector}\``)
    const now = () => this.#context.clock.now()
    const startsAt = Math.max(wish.startsAt ?? 0, now())
    if (wish.deadline <= startsAt) throw refusal('the grant would end before it starts')
    const id = this.#options.newId()
    const planned = await connector.plan({ ...wish, grant: id, startsAt })
    const grant: Grant = {
      id,
      person: wish.person,
      entitlement: wish.entitlement,
      connector: wish.connector,
      reason: wish.reason,
      by: wish.by,
      ...planned,
      startsAt,
      deadline: wish.deadline,
      issuedUntil: undefined,
      state: startsAt > now() ? 'scheduled' : 'intent',
      endsAs: 'ended',
      kept: undefined,
      generation: 0,
      failures: 0,
      trouble: undefined,
      dueAt: startsAt,
      externallyModified: false,
      uncertain: false,
      killed: false,
      version: 0,
    }
    const [from, until] = [startsAt, grant.deadline].map((at) => new Date(at).toISOString())
    const write = async (tx: GrantTransaction): Promise<Grant> => {
      await tx.insert(grant)
      if ((await tx.access(grant.access)) === undefined) await tx.putAccess(freshAccess(grant.access))
      await this.#audit(tx, grant, wish.by, 'intended', {
        reason: wish.reason,
        from: from ?? '',
        until: until ?? '',
      })
      return grant
    }
    return { grant, write }
  }

  /**
   * Gives a grant more time, up to `deadline`. Throws `REFUSED` when it has none left to extend.
   */
  async extend(id: string, deadline: number, by: string): Promise<Grant> {
    const { write } = await this.prepareExtension(id, deadline, by)
    return this.#context.ledger.transact(write)
  }

  /** The same for who has more to write in that transaction. Throws as `extend` does. */
  async prepareExtension(id: string, deadline: number, by: string): Promise<Prepared> {
    const known = await this.grant(id)
    const connector = this.#context.connector(known.connector)
    if (connector === undefined) throw refusal('its connector is not configured')
    const planned = await connector.plan({ ...known, grant: id, deadline })
    const change = async (grant: Grant, tx: GrantTransaction): Promise<Grant> => {
      const now = this.#context.clock.now()
      if (grant.state !== 'active' || grant.deadline <= now)
        throw refusal(`it is not active but ${grant.state}`)
      if (deadline <= grant.deadline) throw refusal('it ends later already')
      if (planned.access !== grant.access) throw refusal('its entitlement has become another one')
      await this.#audit(tx, grant, by, 'extension-intended', { until: new Date(deadline).toISOString() })
      const { plan } = planned
      const generation = grant.generation + 1
      return { ...grant, plan, deadline, generation, state: 'activating', dueAt: now, failures: 0 }
    }
    return { grant: known, write: (tx) => this.#changeIn(tx, id, change) }
  }

  /** Ends a grant before its time. Once this returns, it will be removed, whatever happens. */
  async revoke(id: string, by: string, why: string): Promise<Grant> {
    return this.#change(id, (grant, tx) => this.#revoking(tx, grant, by, why, false))
  }

  /** Revokes one or all grants of a person and stops their live use first where the connector can. Gives what it is about. */
  async kill(target: KillTarget, by: string, why: string): Promise<readonly Grant[]> {
    return this.#context.ledger.transact(async (tx) => {
      const one = 'grant' in target ? await tx.grant(target.grant) : undefined
      const all = 'grant' in target ? (one === undefined ? [] : [one]) : await tx.grants(target.person)
      const killed: Grant[] = []
      for (const grant of all.filter(({ state }) => !hasEnded(state))) {
        const after = await tx.update(await this.#revoking(tx, grant, by, why, true))
        if (after !== undefined) killed.push(after)
      }
      return killed
    })
  }

  /**
   * Gives up on a grant that cannot be revoked. It never says `ended`: what is left in the cloud is not known. Throws
   * `REFUSED` for those who may not, and for grants that are not being revoked.
   */
  async forceClose(id: string, by: string, why: string): Promise<Grant> {
    if (!(await this.#options.mayForceClose(by))) throw refusal('closing by force is a permission of its own')
    return this.#change(id, async (grant, tx) => {
      if (grant.state !== 'revoking' && grant.state !== 'revoke-failing')
        throw refusal('it is not being revoked')
      await this.#audit(tx, grant, by, 'force-closed', { why, trouble: grant.trouble ?? null })
      return { ...grant, state: 'closed', uncertain: true }
    })
  }

  async grant(id: string): Promise<Grant> {
    const found = await this.#context.ledger.transact((tx) => tx.grant(id))
    if (found === undefined) throw new GomeisaError('NOT_FOUND', `there is no grant \`${id}\``)
    return found
  }

  /** Takes one grant as far as it goes now, and gives what became of it. Never throws for what a cloud does. */
  async step(id: string): Promise<Grant> {
    const { access } = await this.grant(id)
    const before = this.#turns.get(access)
    const turn = (before ?? Promise.resolve()).then(
      () => this.#stepAlone(id),
      () => this.#stepAlone(id),
    )
    this.#turns.set(access, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(access) === turn) this.#turns.delete(access)
    }
  }

  /** Takes every grant that is due as far as it goes now; how many there were. */
  async tick(): Promise<number> {
    const now = this.#context.clock.now()
    const ids = await this.#context.ledger.transact((tx) => tx.due(now, AT_ONCE))
    await Promise.all(ids.map((id) => this.step(id)))
    return ids.length
  }

  /** Works until the signal is aborted, or throws when the ledger cannot be used: whoever started it must then stop. */
  async run(signal: AbortSignal): Promise<void> {
    const running = new Map<string, Promise<unknown>>()
    let broken: unknown
    while (!signal.aborted && broken === undefined) {
      const now = this.#context.clock.now()
      const ids = await this.#context.ledger.transact((tx) => tx.due(now, AT_ONCE))
      // A cloud that hangs keeps its own grants waiting, not those that become due meanwhile.
      for (const id of ids.filter((each) => !running.has(each)).slice(0, AT_ONCE - running.size)) {
        const step = this.step(id)
          .catch((error: unknown) => (broken = error))
          .finally(() => running.delete(id))
        running.set(id, step)
      }
      await this.#context.clock.sleep(ids.length === 0 ? LONGEST_SLEEP : SHORTEST_SLEEP, signal)
    }
    await Promise.all(running.values())
    if (broken !== undefined) throw broken as Error
  }

  async #stepAlone(id: string): Promise<Grant> {
    try {
      const work = await Work.claim(this.#context, id)
      if (work === undefined) return await this.grant(id)
      if (work.grant.state === 'scheduled' && work.grant.startsAt <= this.#context.clock.now()) {
        await work.write(({ state }) => (state === 'scheduled' ? { grant: { state: 'intent' } } : undefined))
      }
      if (work.grant.state === 'active') await watch(this.#context, work)
      if (work.grant.state === 'intent' || work.grant.state === 'activating')
        await activate(this.#context, work)
      if (work.grant.state === 'revoking' || work.grant.state === 'revoke-failing') {
        await remove(this.#context, work)
      }
      if (!hasEnded(work.grant.state)) await work.release()
      return work.grant
    } catch (error) {
      if (error instanceof BrokerGone) return this.grant(id)
      throw error
    }
  }

  async #revoking(
    tx: GrantTransaction,
    grant: Grant,
    by: string,
    why: string,
    killed: boolean,
  ): Promise<Grant> {
    await this.#audit(tx, grant, by, killed ? 'killed' : 'revoking', { why })
    const dueAt = this.#context.clock.now()
    const leaving = grant.state === 'revoking' || grant.state === 'revoke-failing'
    const end = leaving ? {} : ({ state: 'revoking', endsAs: 'revoked', failures: 0 } as const)
    return { ...grant, ...end, killed: killed || grant.killed, dueAt }
  }

  async #change(id: string, change: (grant: Grant, tx: GrantTransaction) => Promise<Grant>): Promise<Grant> {
    return this.#context.ledger.transact((tx) => this.#changeIn(tx, id, change))
  }

  async #changeIn(
    tx: GrantTransaction,
    id: string,
    change: (grant: Grant, tx: GrantTransaction) => Promise<Grant>,
  ): Promise<Grant> {
    const grant = await tx.grant(id)
    if (grant === undefined) throw new GomeisaError('NOT_FOUND', `there is no grant \`${id}\``)
    if (hasEnded(grant.state)) throw refusal(`it has ended: ${grant.state}`)
    const after = await tx.update(await change(grant, tx))
    if (after === undefined) throw refusal('somebody else has just changed it')
    return after
  }

  async #audit(
    tx: GrantTransaction,
    grant: Grant,
    actor: string,
    what: string,
    detail: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const at = this.#context.clock.now()
    const all = { ...about(grant), ...detail }
    await tx.audit({ at, actor, event: `grant.${what}`, grant: grant.id, detail: all })
  }
}

const refusal = (why: string): GomeisaError => new GomeisaError('REFUSED', why)
