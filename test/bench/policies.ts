import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { NO_EVIDENCE, openPolicies, requirement, type Ask, type Evidence } from '../../policies/index.ts'
import { quantile } from './device-messages.ts'

/**
 * `node test/bench/policies.ts [--sizes 10,250,5000] [--decisions 4000]`
 * Prints, for each size of the policy set: the check, the first decision on a slice, decisions with everything prepared
 * (p50, p95, how many a second by p50 and in a second of CPU time) and the requirement. Policies are for 10 to a bundle of entitlements, as they
 * are in an estate whose owners write their own; every request stands in one bundle.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,250,5000' },
    decisions: { type: 'string', default: '4000' },
  },
})
const decisions = Number(values.decisions)
const IN_BUNDLE = 10

function policiesOf(size: number): string {
  return Array.from({ length: size }, (_, i) => {
    const bundle = `resource in Gomeisa::EntitlementGroup::"bundle-${Math.floor(i / IN_BUNDLE)}"`
    const scope = (who: string) => `(${who}, action == Gomeisa::Action::"activate", ${bundle})`
    if (i % IN_BUNDLE === 9) {
      return `@id("p-${i}") forbid ${scope('principal')} when { resource.environment == Gomeisa::Environment::"production" } unless { context.reason };`
    }
    return `@id("p-${i}") permit ${scope(`principal in Gomeisa::Group::"team-${i % 4}"`)} when {
      principal in resource.eligible && resource.reachesAdministrator == Gomeisa::Fact::"no" &&
      context.durationSeconds <= ${3600 * (1 + (i % 8))} && context.evidence.device >= 2 &&
      context.evidence.presence >= ${1 + (i % 2)} && context.evidence.approvals >= ${i % 3} };`
  }).join('\n')
}

function askFor(i: number, bundles: number): Ask {
  return {
    person: { id: `person-${i % 500}`, groups: [`team-${i % 4}`, 'everybody'], onCall: false },
    entitlement: {
      id: `role-${i % bundles}`,
      cloud: 'aws',
      role: 'ReadOnly',
      scope: '111122223333',
      groups: [`bundle-${i % bundles}`],
      eligible: ['everybody'],
      owners: ['owners'],
      environment: 'production',
      reachesAdministrator: 'no',
      opensCrownJewelPath: 'no',
    },
    durationSeconds: 3600,
    reason: true,
    ticket: false,
    now: '2026-01-07T12:00:00Z',
  }
}

const evidence: Evidence = { ...NO_EVIDENCE, device: 'tpm', presence: 'verified', approvals: 2 }

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}\n`)
console.log(
  'policies  check ms  first p50 ms  decide p50 ms  p95 ms  a second (p50)  a second of CPU  requirement p50 ms',
)
for (const size of values.sizes.split(',').map(Number)) {
  const bundles = Math.ceil(size / IN_BUNDLE)
  const began = performance.now()
  const decider = openPolicies([{ path: 'bench', text: policiesOf(size) }])
  const check = performance.now() - began
  const timed = (count: number, work: (ask: Ask) => void) => {
    return Array.from({ length: count }, (_, i) => {
      const ask = askFor(i, bundles)
      const start = performance.now()
      work(ask)
      return performance.now() - start
    })
  }
  let allowed = 0
  const decide = (ask: Ask) => {
    if (decider.decide(ask, evidence).decision === 'allow') allowed++
  }
  const first = timed(4 * bundles, decide)
  const cpu = process.cpuUsage()
  const all = timed(decisions, decide)
  const { user, system } = process.cpuUsage(cpu)
  const needs = timed(200, (ask) => void requirement(decider, ask))
  if (allowed !== 4 * bundles + decisions) throw new RangeError(`${allowed} allowed`)
  const p50 = quantile(all, 0.5)
  const cells: readonly (readonly [string, number])[] = [
    [String(size), 8],
    [check.toFixed(0), 10],
    [quantile(first, 0.5).toFixed(3), 14],
    [p50.toFixed(3), 15],
    [quantile(all, 0.95).toFixed(3), 8],
    [(1000 / p50).toFixed(0), 16],
    [((1e6 * decisions) / (user + system)).toFixed(0), 17],
    [quantile(needs, 0.5).toFixed(2), 20],
  ]
  console.log(cells.map(([text, width]) => text.padStart(width)).join(''))
}
