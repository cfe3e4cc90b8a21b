import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import type { DecisionEngine } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import { tableFromPackage } from '../generate/aws-actions.ts'
import { readerOf } from '../reference/aws-files.ts'
import { check } from '../reference/aws-sample.ts'
import { REQUESTS, sourcesOf } from '../reference/aws-world-sources.ts'
import { SHARE_REQUESTS, sharingWorlds } from '../reference/aws-world-sharing.ts'
import { worlds } from '../reference/aws-worlds.ts'
import { Reference } from '../reference/aws.ts'
import type { World } from '../reference/aws-world.ts'

const { rcpServices } = await tableFromPackage()

async function engineOf(world: World): Promise<DecisionEngine> {
  const loaded = await awsAnalyzer.load(readerOf(sourcesOf(world)))
  const state = structuredClone(loaded.state)
  return awsAnalyzer.engine(state, new Map(loaded.nodes.map((node) => [node.id, node])))
}

describe('AWS decisions', () => {
  it('equal the reference interpreter in can, who-can and what-can, whatever layers there are', async () => {
    const decisions: Record<string, number> = {}
    let requests = 0
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const engine = await engineOf(world)
        const reference = new Reference(world, rcpServices)
        const differences: string[] = []
        for (const [action, resource] of REQUESTS) {
          const people = [...reference.people.keys()]
          const one = people[requests++ % people.length]
          check({ engine, reference }, people, action, resource, decisions, differences, (arn) => arn === one)
        }
        expect(differences).toEqual([])
      }),
      { numRuns: 50 },
    )
    // A comparison that only ever saw one answer would prove little.
    for (const word of ['allowed', 'allowed-if', 'denied', 'unknown, else allowed', 'unknown, else denied']) {
      expect(decisions[word] ?? 0, word).toBeGreaterThan(10)
    }
  }, 120_000)

  it('on what is shared equal the reference, too, and tell of the share', async () => {
    const decisions: Record<string, number> = {}
    let told = 0
    await fc.assert(
      fc.asyncProperty(sharingWorlds, async (world) => {
        const engine = await engineOf(world)
        const reference = new Reference(world, rcpServices)
        const people = [...reference.people.keys()]
        const differences: string[] = []
        for (const [action, resource] of SHARE_REQUESTS) {
          check(
            { engine, reference },
            people,
            action,
            resource,
            decisions,
            differences,
            (p) => p === people[0],
          )
          for (const { answer } of engine.whoCan(action, resource)) {
            if (answer.because.some(({ layer }) => layer === 'RAM share')) told++
          }
        }
        expect(differences).toEqual([])
      }),
      { numRuns: 40 },
    )
    expect(told).toBeGreaterThan(0)
    for (const word of ['allowed', 'denied', 'unknown, else denied']) {
      expect(decisions[word] ?? 0, word).toBeGreaterThan(10)
    }
  }, 60_000)

  it('of a pattern hold for every resource that it matches', async () => {
    const patterns = [
      [
        's3:GetObject',
        'arn:aws:s3:::data/*',
        ['arn:aws:s3:::data/a', 'arn:aws:s3:::data/x:y', 'arn:aws:s3:::data/'],
      ],
      ['sqs:SendMessage', 'arn:aws:sqs:*:111111111111:q', ['arn:aws:sqs:us-east-1:111111111111:q']],
      ['iam:PassRole', 'arn:aws:iam::111111111111:role/*', ['arn:aws:iam::111111111111:role/app/r1']],
    ] as const
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const engine = await engineOf(world)
        for (const [action, pattern, members] of patterns) {
          for (const principal of engine.principals) {
            const whole = engine.can(principal, action, pattern).decision
            if (whole !== 'allowed' && whole !== 'denied') continue
            for (const member of members) {
              const one = engine.can(principal, action, member)
              // The pattern may be silent about resource policies that one resource has.
              const decision = one.decision === 'unknown' ? whole : one.decision
              expect(decision, `${principal} ${action} ${member}`).toBe(whole)
            }
          }
        }
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  it('name a place in the sources for every statement that decided', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const engine = await engineOf(world)
        const sources = sourcesOf(world).map((s) =>
          JSON.parse(new TextDecoder().decode(s.bytes as Uint8Array)),
        )
        const principal = nodeId('aws', 'arn:aws:iam::111111111111:user/u1')
        for (const [action, resource] of REQUESTS) {
          for (const reason of engine.can(principal, action, resource).because) {
            if (reason.effect === 'none' || reason.at === null) continue
            const found = reason.at.pointer
              .slice(1)
              .split('/')
              .reduce(
                (value, step) => value?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
                sources[reason.at.source],
              )
            if (reason.layer === 'KMS grant') expect(found?.GranteePrincipal, reason.says).toBeDefined()
            else if (reason.layer === 'S3 ACL') expect(found?.Permission, reason.says).toBeDefined()
            else if (reason.layer === 'S3 Block Public Access')
              expect(found?.RestrictPublicBuckets, reason.says).toBe(true)
            else expect(found?.Effect, reason.says).toBe(reason.effect === 'allow' ? 'Allow' : 'Deny')
          }
        }
      }),
      { numRuns: 30 },
    )
  }, 60_000)
})
