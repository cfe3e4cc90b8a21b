import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam'
import type { Outcome } from '../../grants/connector.ts'
import { failed, isAbsent, unread } from './answers.ts'
import { readFence, samePolicy } from './fence.ts'
import { nameOfGrant } from './session-policy.ts'

const PREFIX = nameOfGrant('x').slice(0, -1)

/** The inline policies of one role, as far as they are the broker's. */
export class RolePolicies {
  readonly #iam: IAMClient
  readonly #role: string

  /** `role`: its ARN. */
  constructor(iam: IAMClient, role: string) {
    this.#iam = iam
    this.#role = role.slice(role.lastIndexOf('/') + 1)
  }

  /** The text of the policy; undefined: there is none, or no such role. */
  async read(name: string, abortSignal: AbortSignal): Promise<string | undefined> {
    try {
      const asked = new GetRolePolicyCommand({ RoleName: this.#role, PolicyName: name })
      const { PolicyDocument } = await this.#iam.send(asked, { abortSignal })
      return PolicyDocument ?? ''
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
  }

  /** Writes the policy and reads it back. */
  async put(name: string, text: string, abortSignal: AbortSignal): Promise<Outcome> {
    try {
      const PolicyDocument = text
      const put = new PutRolePolicyCommand({ RoleName: this.#role, PolicyName: name, PolicyDocument })
      await this.#iam.send(put, { abortSignal })
    } catch (error) {
      return failed('a policy of the role could not be written', error)
    }
    try {
      const there = await this.read(name, abortSignal)
      if (there !== undefined && samePolicy(there, text)) return { kind: 'done' }
    } catch (error) {
      return unread('the policy of the role could not be read back', error)
    }
    return { kind: 'uncertain', why: 'the policy of the role is not what was written' }
  }

  /** Removes the broker's policies whose sessions are over: a role holds 10,240 characters of inline policies. */
  async sweep(now: number, abortSignal: AbortSignal): Promise<void> {
    const listed = await this.#iam.send(new ListRolePoliciesCommand({ RoleName: this.#role }), {
      abortSignal,
    })
    for (const PolicyName of (listed.PolicyNames ?? []).filter((each) => each.startsWith(PREFIX))) {
      const fence = readFence(
        PolicyName.slice(PREFIX.length),
        (await this.read(PolicyName, abortSignal)) ?? '',
      )
      if (fence?.kind !== 'shut' || fence.needed > now) continue
      await this.#iam.send(new DeleteRolePolicyCommand({ RoleName: this.#role, PolicyName }), { abortSignal })
    }
  }
}
