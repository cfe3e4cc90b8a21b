import { CreateAccountAssignmentCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOW_TO_GET_MOTO, hasMoto } from '../../fakes/aws/moto.ts'
import { errorFor } from '../../fakes/aws/proxy.ts'
import type { Answer, Seen } from '../../fakes/aws/wire.ts'
import { ASSIGNMENT, named, stage, type Stage } from './stage.ts'

const there = hasMoto()
const reply = (body: object): Answer => ({
  status: 200,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify(body),
})

describe.skipIf(!there)(`assignments of Identity Center${there ? '' : `: ${HOW_TO_GET_MOTO}`}`, () => {
  let s: Stage
  beforeAll(async () => {
    s = await stage()
  })
  beforeEach(() => {
    s.proxy.rule = () => undefined
  })
  const connector = () => named(s.connectors, 'aws-assignment')
  const signal = new AbortController().signal
  const calls = (operation: string) => s.proxy.seen.filter((each) => each.operation === operation).length
  const only = (operation: string, answer: (seen: Seen) => Answer | undefined) => {
    s.proxy.rule = (seen) => (seen.operation === operation ? answer(seen) : undefined)
  }
  const end = async (id: string) => {
    await s.grants.revoke(id, 'ops', 'done')
    return s.grants.step(id)
  }

  it('is there while the grant is, and gone after it', async () => {
    const { id } = await s.give('aws-assignment', 'logs')
    const grant = await s.grants.step(id)
    expect(grant.state).toBe('active')
    expect(await connector().observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
    expect(await end(id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(await connector().observe(grant.recipe, signal)).toEqual({ kind: 'absent' })
    // Twice is as good as once.
    expect(await connector().revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
  })

  it('waits until AWS has made it, and until AWS has removed it', async () => {
    const looks = { made: 0, removed: 0 }
    const status = (Status: string) => ({ Status, RequestId: 'r-1' })
    const user = { AccountId: ASSIGNMENT.account, PrincipalType: 'USER', PrincipalId: 'u-ana' }
    s.proxy.rule = ({ operation }) => {
      switch (operation) {
        case 'CreateAccountAssignment':
          return reply({ AccountAssignmentCreationStatus: status('IN_PROGRESS') })
        case 'DescribeAccountAssignmentCreationStatus':
          return reply({
            AccountAssignmentCreationStatus: status(++looks.made < 3 ? 'IN_PROGRESS' : 'SUCCEEDED'),
          })
        case 'DeleteAccountAssignment':
          return reply({ AccountAssignmentDeletionStatus: status('IN_PROGRESS') })
        case 'DescribeAccountAssignmentDeletionStatus':
          return reply({
            AccountAssignmentDeletionStatus: status(++looks.removed < 2 ? 'IN_PROGRESS' : 'SUCCEEDED'),
          })
        case 'ListAccountAssignments': {
          const there = looks.made === 3 && looks.removed < 2
          return reply({ AccountAssignments: there ? [user] : [] })
        }
        default:
          return undefined
      }
    }
    const before = calls('CreateAccountAssignment')
    const { id } = await s.give('aws-assignment', 'logs')
    expect((await s.grants.step(id)).state).toBe('active')
    expect((await end(id)).state).toBe('revoked')
    expect(looks).toEqual({ made: 3, removed: 2 })
    expect(calls('CreateAccountAssignment')).toBe(before + 1)
  })

  it('what failed after it had begun is no access', async () => {
    const status = { Status: 'FAILED', RequestId: 'r-2', FailureReason: 'secret reason' }
    only('CreateAccountAssignment', () => reply({ AccountAssignmentCreationStatus: status }))
    const { id } = await s.give('aws-assignment', 'logs')
    await s.grants.step(id)
    const grant = await s.grants.step(id)
    expect(grant.state).toBe('failed')
    expect(JSON.stringify(grant)).not.toContain('secret reason')
  })

  it('a success that is not listed is not believed', async () => {
    const status = { Status: 'SUCCEEDED', RequestId: 'r-3' }
    only('CreateAccountAssignment', () => reply({ AccountAssignmentCreationStatus: status }))
    const { id } = await s.give('aws-assignment', 'logs')
    expect(await s.grants.step(id)).toMatchObject({ state: 'activating', failures: 1 })
    s.proxy.rule = () => undefined
    s.clock.advance(10_000)
    expect((await s.grants.step(id)).state).toBe('active')
    expect((await end(id)).state).toBe('revoking')
    s.clock.advance(10 * 60_000)
    expect((await s.grants.step(id)).state).toBe('revoked')
  })

  it('a conflict is tried again until it is gone', async () => {
    const { id } = await s.give('aws-assignment', 'logs')
    await s.grants.step(id)
    only('DeleteAccountAssignment', (seen) => errorFor(seen, 400, 'ConflictException'))
    expect((await end(id)).state).toBe('revoke-failing')
    s.proxy.rule = () => undefined
    s.clock.advance(10 * 60_000)
    expect((await s.grants.step(id)).state).toBe('revoked')
  })

  it('never removes an assignment that stood before', async () => {
    const center = new SSOAdminClient({ region: s.region, endpoint: s.endpoint })
    const standing = new CreateAccountAssignmentCommand({
      InstanceArn: ASSIGNMENT.instance,
      PermissionSetArn: ASSIGNMENT.permissionSet,
      TargetId: ASSIGNMENT.account,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: 'u-ana',
    })
    await center.send(standing)
    const before = calls('DeleteAccountAssignment')
    const { id } = await s.give('aws-assignment', 'logs')
    expect((await s.grants.step(id)).state).toBe('active')
    await s.grants.kill({ grant: id }, 'ops', 'test')
    expect(await s.grants.step(id)).toMatchObject({ state: 'revoked', kept: 'it stood before' })
    expect(calls('DeleteAccountAssignment')).toBe(before)
  })

  it('guesses no user', async () => {
    await expect(s.give('aws-assignment', 'logs', 60, 'bo@example.com')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
