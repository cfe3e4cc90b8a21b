import type { JsonObject } from '../../graph/index.ts'
import { BrokerGone, type GrantsContext } from './context.ts'
import { hasEnded, type Access, type Grant } from './grant.ts'
import type { GrantTransaction } from './grant-ledger.ts'

/** What a step writes: the grant and its access as they are to be, and what happened. */
export interface Change {
  readonly grant?: Partial<Grant>
  readonly access?: Partial<Access>
  /** The access is gone from the ledger, unless another grant still lives on it. */
  readonly drop?: boolean
  readonly event?: string
  readonly detail?: JsonObject
}

/** An access without a history. */
export const freshAccess = (key: string): Access => ({
  key,
  stoodBefore: undefined,
  unsettledUntil: 0,
  removalUntil: 0,
  holder: undefined,
  heldUntil: 0,
  fence: 0,
})

/** The detail that every record about a grant carries. */
export const about = (grant: Grant): JsonObject => ({
  person: grant.person,
  entitlement: grant.entitlement,
  connector: grant.connector,
})

/** The hold of one broker on one access, for as long as a step takes. */
export class Work {
  readonly #context: GrantsContext
  readonly #id: string
  readonly #fence: number
  /** As last read or written. */
  grant: Grant
  access: Access

  private constructor(context: GrantsContext, grant: Grant, access: Access) {
    this.#context = context
    this.#id = grant.id
    this.#fence = access.fence
    this.grant = grant
    this.access = access
  }

  /** Undefined when the grant has ended, or another broker is at work on its access. */
  static async claim(context: GrantsContext, id: string): Promise<Work | undefined> {
    return context.ledger.transact(async (tx) => {
      const grant = await tx.grant(id)
      if (grant === undefined || hasEnded(grant.state)) return undefined
      const known = (await tx.access(grant.access)) ?? freshAccess(grant.access)
      const now = context.clock.now()
      if (known.holder !== undefined && known.holder !== context.broker && known.heldUntil > now)
        return undefined
      const heldUntil = now + context.holdFor
      const access = { ...known, holder: context.broker, heldUntil, fence: known.fence + 1 }
      await tx.putAccess(access)
      return new Work(context, grant, access)
    })
  }

  /**
   * Reads both anew and writes what `change` makes of them, in one transaction with its audit record; undefined changes nothing.
   * Throws `BrokerGone` when another broker has claimed the access meanwhile.
   */
  async write(
    change: (
      grant: Grant,
      access: Access,
      tx: GrantTransaction,
    ) => Promise<Change | undefined> | Change | undefined,
    options: { readonly release?: boolean } = {},
  ): Promise<Change | undefined> {
    const written = await this.#context.ledger.transact(async (tx) => {
      const [grant, access] = [await tx.grant(this.#id), await tx.access(this.grant.access)]
      if (grant === undefined || access?.fence !== this.#fence)
        throw new BrokerGone('another broker has taken over')
      const made = await change(grant, access, tx)
      const after = made?.grant && (await tx.update({ ...grant, ...made.grant }))
      const over = options.release === true || (after !== undefined && hasEnded(after.state))
      const next = { ...access, ...made?.access, ...(over && { holder: undefined, heldUntil: 0 }) }
      const alone = made?.drop === true && (await tx.living(access.key)).length === 0
      if (alone) await tx.dropAccess(access.key)
      else await tx.putAccess(next)
      if (made?.event !== undefined) {
        const detail = { ...about(grant), ...made.detail }
        await tx.audit({
          at: this.#context.clock.now(),
          actor: 'broker',
          event: made.event,
          grant: grant.id,
          detail,
        })
      }
      return { made, grant: after ?? grant, access: next }
    })
    this.grant = written.grant
    this.access = written.access
    return written.made
  }

  /** Lets the access go; without it the hold ends by itself. */
  async release(): Promise<void> {
    await this.write(() => undefined, { release: true })
  }
}
