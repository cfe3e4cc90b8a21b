import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Built, buildOrganization, ROLE, SECRET } from '../../fakes/aws/organization.ts'
import { HOW_TO_GET_MOTO, hasMoto, type Server, startMoto } from '../../fakes/aws/moto.ts'
import { errorFor, type Proxy, startProxy } from '../../fakes/aws/proxy.ts'
import type { Seen } from '../../fakes/aws/wire.ts'
import { gomeisa, temporaryFolder } from '../command.ts'
import { beside, finishedPages, killedAfter } from '../live.ts'
import { ACCESS, through } from './through.ts'
import { readCollected } from './collected.ts'

const there = hasMoto()

describe.skipIf(!there)(
  `collect aws, an organization of five accounts${there ? '' : `: ${HOW_TO_GET_MOTO}`}`,
  { timeout: 240_000 },
  () => {
    let moto: Server
    let proxy: Proxy
    let built: Built
    const folder = temporaryFolder()
    const arrive = (name: string) => ['--data', `${folder}/${name}`]

    /** Moto knows no permission sets of other accounts: what was assigned is told here. */
    function provisioned(seen: Seen) {
      if (seen.operation !== 'ListAccountsForProvisionedPermissionSet') return undefined
      return {
        status: 200,
        type: 'application/x-amz-json-1.1',
        body: JSON.stringify({ AccountIds: built.accounts }),
      }
    }

    beforeAll(async () => {
      for (const [name, value] of Object.entries(ACCESS)) vi.stubEnv(name, value)
      moto = await startMoto()
      proxy = await startProxy(moto.url)
      built = await buildOrganization(moto.url)
      proxy.rule = provisioned
    }, 120_000)
    afterAll(() => {
      vi.unstubAllEnvs()
      proxy.stop()
      moto.stop()
    })

    test('what is imported is what was built', async () => {
      const ran = await beside(through(proxy), [
        ...arrive('whole'),
        'collect',
        'aws',
        '--role',
        ROLE,
        '--json',
      ])
      expect([ran.status, ran.stderr]).toEqual([0, ''])
      const collected = await readCollected(`${folder}/whole`)

      expect(collected.gaps).toEqual([])
      expect(collected.accounts).toEqual(built.accounts)
      for (const principal of built.principals) expect(collected.principals).toContain(principal)
      const own = collected.principals.filter(
        (arn) => !/role\/(?:aws-service-role|OrganizationAccountAccessRole)/.test(arn),
      )
      expect(own.sort()).toEqual([...built.principals].sort())
      for (const [on, document] of built.policies)
        expect([on, collected.policies.get(on)]).toEqual([on, document])
      expect(Object.fromEntries(collected.parents)).toEqual(Object.fromEntries(built.units))
      expect([...collected.assigned].sort()).toEqual([...built.assigned].sort())
      expect(collected.grants).toEqual(
        built.accounts.map((account) => `arn:aws:iam::${account}:role/deployer`),
      )
      expect([...collected.buckets].sort()).toEqual(
        built.accounts.flatMap((a) => [`data-${a}`, `plain-${a}`]).sort(),
      )
      expect(collected.text).not.toContain(SECRET)
      expect(collected.text).not.toContain('fake-agent-secret')
    })

    test('questions are answered from it', () => {
      const whole = arrive('whole')
      expect(gomeisa([...whole, 'analyze', '--quiet']).status).toBe(0)
      // Two accounts are in the unit below the other: both control policies are above them.
      const units = [...built.units.values()]
      const payments = units.find(
        (unit) => units.filter((other) => other === unit && unit.startsWith('ou-')).length === 2,
      )
      const member = built.accounts.find((account) => built.units.get(account) === payments) ?? ''
      const ana = `arn:aws:iam::${member}:user/people/ana`
      const ask = (action: string, resource: string) => {
        const { stdout } = gomeisa([...whole, '--json', 'can', ana, action, resource])
        return (JSON.parse(stdout) as { readonly result: { readonly decision: string } }).result.decision
      }
      expect(ask('s3:GetObject', `arn:aws:s3:::data-${member}/x`)).toBe('allowed')
      expect(ask('s3:DeleteObject', `arn:aws:s3:::data-${member}/x`)).toBe('denied')
      expect(ask('s3:PutObject', `arn:aws:s3:::data-${member}/x`)).toBe('denied')
      // All regions were asked and nothing refused, so a queue that nobody saw is not unknown.
      expect(ask('sqs:SendMessage', `arn:aws:sqs:us-east-1:${member}:other`)).toBe('denied')
    })

    test('throttled and refused, it ends with gaps that say what is missing', async () => {
      // The management account is the caller's own: it needs no role.
      const members = built.accounts.filter((account) => account !== built.management)
      const [refused = '', closed = ''] = members
      let n = 0
      proxy.rule = (seen) => {
        // Every fifth request is told to come back later; a fixed pattern, so that a failure can be repeated.
        if (++n % 5 === 0 && seen.service !== 'sts')
          return errorFor(seen, 400, 'ThrottlingException', 'Rate exceeded')
        if (seen.operation === 'AssumeRole' && seen.body.includes(closed))
          return errorFor(seen, 403, 'AccessDenied')
        if (seen.operation === 'ListKeys' && seen.region === 'us-east-1')
          return errorFor(seen, 400, 'AccessDeniedException')
        return provisioned(seen)
      }
      const only = ['--accounts', `${refused},${closed}`, '--no-usage']
      const ran = await beside(through(proxy), [
        ...arrive('gaps'),
        'collect',
        'aws',
        '--role',
        ROLE,
        '--json',
        ...only,
      ])
      expect([ran.status, ran.stderr]).toEqual([4, ''])
      const { gaps } = await readCollected(`${folder}/gaps`)
      const told = gaps.filter(({ kind }) => kind === 'refused')
      expect(told.map(({ scope, what }) => `${scope} ${what}`).sort()).toEqual(
        [`${closed} account`, `${refused} resource-policies`].sort(),
      )
      const [keys] = told.filter(({ what }) => what === 'resource-policies')
      expect(keys?.consequence).toContain(
        `kms:ListKeys failed with AccessDeniedException for account ${refused} in us-east-1`,
      )
      expect(keys?.remedy).toContain('allow kms:ListKeys')
      // What was refused is unknown, not denied.
      expect(gomeisa([...arrive('gaps'), 'analyze', '--quiet']).status).toBe(4)
      const key = `arn:aws:kms:us-east-1:${refused}:key/00000000-0000-0000-0000-000000000000`
      const ana = `arn:aws:iam::${refused}:user/people/ana`
      const asked = gomeisa([...arrive('gaps'), '--json', 'can', ana, 'kms:Decrypt', key])
      expect(asked.stdout).toContain('"decision": "unknown"')
    })

    test('killed in the middle, it goes on and brings the same', async () => {
      proxy.rule = provisioned
      const only = ['--accounts', built.accounts[0] ?? '', '--no-usage']
      const args = (name: string) => [...arrive(name), 'collect', 'aws', '--role', ROLE, '--json', ...only]
      const from = proxy.seen.length
      expect((await beside(through(proxy), args('straight'))).status).toBe(0)
      const straight = await readCollected(`${folder}/straight`)

      const needed = proxy.seen.length - from
      for (const calls of [30, 40, 30]) {
        expect(await killedAfter(through(proxy), `${folder}/killed`, args('killed'), calls)).toBe('SIGKILL')
      }
      const kept = finishedPages(`${folder}/killed`)
      expect(kept).toBeGreaterThanOrEqual(100)
      const left = proxy.seen.length
      const ran = await beside(through(proxy), args('killed'))
      expect(ran.status).toBe(0)
      const { result } = JSON.parse(ran.stdout) as { readonly result: { readonly resumed: number } }
      expect(result.resumed).toBe(kept)
      const killed = await readCollected(`${folder}/killed`)
      expect(killed.sources).toEqual(straight.sources)
      expect(killed.gaps).toEqual(straight.gaps)
      // Nothing that was finished is asked again.
      expect(proxy.seen.length - left).toBeLessThanOrEqual(needed - kept)
    })
  },
)
