import { DeleteRolePolicyCommand, GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../../broker/grants/grant.ts'
import { errorFor } from '../../fakes/aws/proxy.ts'
import { HOW_TO_GET_MOTO, hasMoto } from '../../fakes/aws/moto.ts'
import { asked, named, ROLE, stage, whoHas, type Stage } from './stage.ts'

const there = hasMoto()
const MINUTE = 60_000

describe.skipIf(!there)(`sessions of a role${there ? '' : `: ${HOW_TO_GET_MOTO}`}`, () => {
  let s: Stage
  beforeAll(async () => {
    s = await stage()
  })
  const connector = () => named(s.connectors, 'aws-role')
  const policy = async (grant: Grant): Promise<unknown> => {
    const PolicyName = `gomeisa-grant-${grant.id}`
    const found = await s.iam.send(new GetRolePolicyCommand({ RoleName: 'auditor', PolicyName }))
    return JSON.parse(decodeURIComponent(found.PolicyDocument ?? ''))
  }
  const policies = async () =>
    (await s.iam.send(new ListRolePoliciesCommand({ RoleName: 'auditor' }))).PolicyNames ?? []
  const terms = (grant: Grant) => ({ ...grant, grant: grant.id, device: 'd1' })
  const signal = new AbortController().signal
  const active = async (minutes = 60) => {
    const { id } = await s.give('aws-role', 'audit', minutes)
    const grant = await s.grants.step(id)
    expect(grant).toMatchObject({ state: 'active', trouble: undefined })
    return grant
  }

  it('carries person, grant, external id and the end in the call itself', async () => {
    const grant = await active(30)
    const call = asked(s, 'AssumeRole').at(-1)!
    expect(Object.fromEntries(call)).toMatchObject({
      RoleArn: ROLE,
      SourceIdentity: 'ana@example.com',
      ExternalId: 'tenant-7',
      'Tags.member.1.Key': 'gomeisa-grant',
      'Tags.member.1.Value': grant.id,
      'TransitiveTagKeys.member.1': 'gomeisa-grant',
    })
    const { Statement } = JSON.parse(call.get('Policy')!) as { Statement: unknown[] }
    const until = new Date(Math.floor(grant.deadline / 1000) * 1000).toISOString().replace('.000', '')
    expect(Statement).toContainEqual({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateGreaterThanEquals: { 'aws:CurrentTime': until } },
    })
    expect(await policy(grant)).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Condition: {
            StringEquals: { 'aws:PrincipalTag/gomeisa-grant': grant.id },
            DateGreaterThanEquals: { 'aws:CurrentTime': until },
          },
        },
      ],
    })
  })

  it('mints credentials that STS knows, other ones each time', async () => {
    const grant = await active()
    const [one, other] = await Promise.all(
      [1, 2].map(() => connector().mint!(grant.plan, terms(grant), signal)),
    )
    expect(await whoHas(s.endpoint, one!.secret)).toContain('assumed-role/auditor/gomeisa-grant-')
    expect(one!.secret['AccessKeyId']).not.toBe(other!.secret['AccessKeyId'])
    const life = one!.expiresAt - Date.now()
    expect(life).toBeGreaterThan(19 * MINUTE)
    expect(life).toBeLessThan(21 * MINUTE)
    // The ledger has nothing of them.
    const kept = JSON.stringify(await s.grants.grant(grant.id))
    for (const secret of Object.values(one!.secret).filter(
      (each) => typeof each === 'string' && each.length > 30,
    ))
      if (secret !== ROLE) expect(kept).not.toContain(secret)
  })

  it('kill denies the sessions at once, is read back, and the grant ends verified', async () => {
    const grant = await active()
    await s.grants.kill({ grant: grant.id }, 'ops', 'laptop stolen')
    expect(await s.grants.step(grant.id)).toMatchObject({ state: 'revoked', kept: undefined, killed: false })
    expect(await policy(grant)).toMatchObject({
      Statement: [
        {
          Sid: expect.stringMatching(/^Shut\d+$/),
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/gomeisa-grant': grant.id } },
        },
      ],
    })
    expect(JSON.stringify(await policy(grant))).not.toContain('CurrentTime')
  })

  it('a kill of a person denies what was begun before', async () => {
    const grant = await active()
    expect(await connector().kill(grant.recipe, { person: 'ana@example.com' }, signal)).toEqual({
      kind: 'done',
    })
    const call = asked(s, 'PutRolePolicy').at(-1)!
    expect(call.get('PolicyDocument')).toContain('"aws:SourceIdentity":"ana@example.com"')
    expect(call.get('PolicyDocument')).toContain('aws:TokenIssueTime')
  })

  it('does not believe a policy that was not kept, and goes on until it is', async () => {
    const grant = await active()
    await s.grants.revoke(grant.id, 'ops', 'done')
    const lost = { status: 200, type: 'text/xml', body: '<PutRolePolicyResponse/>' }
    s.proxy.rule = ({ operation }) => (operation === 'PutRolePolicy' ? lost : undefined)
    const still = await s.grants.step(grant.id)
    expect(still).toMatchObject({ state: 'revoke-failing' })
    s.proxy.rule = () => undefined
    s.clock.advance(5 * MINUTE)
    expect((await s.grants.step(grant.id)).state).toBe('revoked')
  })

  it('a role that refuses ends the grant, and its fence is shut', async () => {
    s.proxy.rule = (seen) =>
      seen.operation === 'AssumeRole' ? errorFor(seen, 403, 'AccessDenied', 'arn secret text') : undefined
    const { id } = await s.give('aws-role', 'audit')
    const grant = await s.grants.step(id)
    s.proxy.rule = () => undefined
    expect(grant.trouble ?? '').not.toContain('secret text')
    expect((await s.grants.step(id)).state).toBe('failed')
    expect(JSON.stringify(await policy(grant))).toContain('Shut')
  })

  it('refuses a session that is all but too large, in the new field of STS and in the old one', async () => {
    for (const field of ['SessionTokenUtilization', 'PackedPolicySize']) {
      const result = `<Credentials/><${field}>96</${field}>`
      const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${result}</AssumeRoleResult></AssumeRoleResponse>`
      s.proxy.rule = ({ operation }) =>
        operation === 'AssumeRole' ? { status: 200, type: 'text/xml', body } : undefined
      const { id } = await s.give('aws-role', 'audit')
      await s.grants.step(id)
      s.proxy.rule = () => undefined
      const events = (await s.ledger.auditRecords(1, 1_000)).filter(({ grant }) => grant === id)
      expect(JSON.stringify(events)).toContain('fill 96 %')
      expect((await s.grants.step(id)).state).toBe('failed')
    }
  })

  it('sees a fence that somebody removed or changed, and unknown is not absent', async () => {
    const grant = await active()
    const PolicyName = `gomeisa-grant-${grant.id}`
    s.proxy.rule = (seen) =>
      seen.operation === 'GetRolePolicy' ? errorFor(seen, 403, 'AccessDenied') : undefined
    expect((await connector().observe(grant.recipe, signal)).kind).toBe('unknown')
    s.proxy.rule = () => undefined
    expect(await connector().observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
    await s.iam.send(new DeleteRolePolicyCommand({ RoleName: 'auditor', PolicyName }))
    expect(await connector().observe(grant.recipe, signal)).toEqual({ kind: 'absent' })
    s.clock.advance(5 * MINUTE)
    expect((await s.grants.step(grant.id)).externallyModified).toBe(true)
  })

  it('the end needs nobody, an extension moves it, and old policies are swept', async () => {
    const grant = await active(30)
    await s.grants.extend(grant.id, grant.deadline + 30 * MINUTE, 'ana@example.com')
    expect(await s.grants.step(grant.id)).toMatchObject({ state: 'active' })
    s.clock.advance(45 * MINUTE)
    expect((await connector().observe(grant.recipe, signal)).kind).toBe('present')
    s.clock.advance(16 * MINUTE)
    expect((await connector().observe(grant.recipe, signal)).kind).toBe('absent')
    expect((await s.grants.step(grant.id)).state).toBe('ended')
    expect(await policies()).toContain(`gomeisa-grant-${grant.id}`)
    s.clock.advance(71 * MINUTE)
    const next = await active(30)
    await s.grants.revoke(next.id, 'ops', 'done')
    expect((await s.grants.step(next.id)).state).toBe('revoked')
    expect(await policies()).not.toContain(`gomeisa-grant-${grant.id}`)
    expect(await policies()).toContain(`gomeisa-grant-${next.id}`)
  })
})
