import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  type AccountAssignmentOperationStatus,
} from '@aws-sdk/client-sso-admin'
import type { JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { accountFor, known } from '../entitlement-list.ts'
import { planned } from '../planned.ts'
import type { Wait } from '../wait.ts'
import { codeOf, failed, isAbsent, unread } from './answers.ts'
import type { AwsClients } from './clients.ts'
import { assignmentsById, type AssignmentEntitlement } from './entitlements.ts'

/** Milliseconds between looks at what AWS does meanwhile; doubled up to the longest. */
const FIRST_LOOK = 250
const LONGEST_LOOK = 4_000
const CONNECTOR = 'aws-assignment'

/**
 * Access by assigning a permission set of Identity Center to a person in an account. AWS makes and removes assignments some time
 * after it has said yes; this waits until it has. Nothing in AWS ends them: that takes the broker. Sessions that were begun
 * before the removal live on.
 */
export class Assignments implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope'],
    providerExpiry: 'none',
    // A session of a permission set lasts twelve hours at most.
    revoke: { typical: 3_600_000, worst: 43_200_000, residual: 'until token expiry' },
    settles: 120_000,
  }
  readonly #clients: AwsClients
  readonly #entitlements: ReadonlyMap<string, AssignmentEntitlement>
  readonly #wait: Wait

  /** Throws as `assignmentsById` does. */
  constructor(clients: AwsClients, entitlements: readonly AssignmentEntitlement[], wait: Wait) {
    this.#clients = clients
    this.#entitlements = assignmentsById(entitlements)
    this.#wait = wait
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const { instance, permissionSet, account, users } = known(this.#entitlements, terms.entitlement)
    const user = accountFor(terms, { list: 'users', kind: 'user of Identity Center', of: users })
    const recipe = { instance, permissionSet, account, user }
    const access = [CONNECTOR, instance, permissionSet, account, user].join(' ')
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, _terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const before = await this.observe(plan, signal)
    if (before.kind === 'present') return { kind: 'done' }
    let begun: AccountAssignmentOperationStatus | undefined
    try {
      const call = new CreateAccountAssignmentCommand(assignment(plan))
      begun = (await this.#clients.center.send(call, { abortSignal: signal })).AccountAssignmentCreationStatus
    } catch (error) {
      return failed('the assignment was not made', error)
    }
    const made = await this.#finished(begun, signal, async (AccountAssignmentCreationRequestId) => {
      const InstanceArn = planned(plan, 'instance')
      const asked = { InstanceArn, AccountAssignmentCreationRequestId }
      const call = new DescribeAccountAssignmentCreationStatusCommand(asked)
      return (await this.#clients.center.send(call, { abortSignal: signal })).AccountAssignmentCreationStatus
    })
    if (made.kind !== 'done') return made
    // For an account that is not there AWS says that it has succeeded, and makes nothing.
    const seen = await this.observe(plan, signal)
    if (seen.kind === 'present') return made
    return { kind: 'uncertain', why: 'AWS says that the assignment is made, and does not list it' }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    try {
      let NextToken: string | undefined
      do {
        const call = new ListAccountAssignmentsCommand({
          InstanceArn: planned(recipe, 'instance'),
          AccountId: planned(recipe, 'account'),
          PermissionSetArn: planned(recipe, 'permissionSet'),
          ...(NextToken !== undefined && { NextToken }),
        })
        const page = await this.#clients.center.send(call, { abortSignal: signal })
        const user = planned(recipe, 'user')
        const there = (page.AccountAssignments ?? []).some(
          ({ PrincipalType, PrincipalId }) => PrincipalType === 'USER' && PrincipalId === user,
        )
        if (there) return { kind: 'present', altered: false }
        NextToken = page.NextToken
      } while (NextToken !== undefined)
      return { kind: 'absent' }
    } catch (error) {
      return { kind: 'unknown', why: `the assignments could not be read: ${codeOf(error)}` }
    }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    let begun: AccountAssignmentOperationStatus | undefined
    try {
      const call = new DeleteAccountAssignmentCommand(assignment(recipe))
      begun = (await this.#clients.center.send(call, { abortSignal: signal })).AccountAssignmentDeletionStatus
    } catch (error) {
      return isAbsent(error) ? { kind: 'done' } : failed('the assignment was not removed', error)
    }
    return this.#finished(begun, signal, async (AccountAssignmentDeletionRequestId) => {
      const InstanceArn = planned(recipe, 'instance')
      const asked = { InstanceArn, AccountAssignmentDeletionRequestId }
      const call = new DescribeAccountAssignmentDeletionStatusCommand(asked)
      return (await this.#clients.center.send(call, { abortSignal: signal })).AccountAssignmentDeletionStatus
    })
  }

  kill(): Promise<Outcome> {
    const why = 'sessions of Identity Center that have begun cannot be ended by it'
    return Promise.resolve({ kind: 'refused', why })
  }

  /** Looks until AWS says how it ended. A call that AWS took can take effect whatever becomes of the looking: never `refused` for that. */
  async #finished(
    begun: AccountAssignmentOperationStatus | undefined,
    signal: AbortSignal,
    look: (request: string) => Promise<AccountAssignmentOperationStatus | undefined>,
  ): Promise<Outcome> {
    let status = begun
    try {
      for (let wait = FIRST_LOOK; ; wait = Math.min(wait * 2, LONGEST_LOOK)) {
        if (status?.Status === 'SUCCEEDED') return { kind: 'done' }
        if (status?.Status === 'FAILED')
          return { kind: 'refused', why: 'AWS says that it failed, after it had begun' }
        const request: string | undefined = status?.RequestId ?? begun?.RequestId
        if (request === undefined) return { kind: 'uncertain', why: 'AWS gave no id to ask by' }
        await this.#wait(wait, signal)
        status = await look(request)
      }
    } catch (error) {
      return unread('how it ended could not be read', error)
    }
  }
}

const assignment = (plan: JsonObject) =>
  ({
    InstanceArn: planned(plan, 'instance'),
    PermissionSetArn: planned(plan, 'permissionSet'),
    PrincipalId: planned(plan, 'user'),
    PrincipalType: 'USER',
    TargetId: planned(plan, 'account'),
    TargetType: 'AWS_ACCOUNT',
  }) as const
