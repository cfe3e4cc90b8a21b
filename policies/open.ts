import { readFileSync } from 'node:fs'
import { GomeisaError } from '../graph/index.ts'
import { checkPolicies } from './check/check.ts'
import type { PolicyFile } from './cedar/policy.ts'
import { Decider } from './decide.ts'

/** The policies that come with Gomeisa. */
const SHIPPED = ['activate.cedar', 'approve.cedar'] as const

/** The shipped policy set, as files. */
export function shippedPolicies(): readonly PolicyFile[] {
  return SHIPPED.map((name) => ({
    path: `shipped:${name}`,
    text: readFileSync(new URL(`./shipped/${name}`, import.meta.url), 'utf8'),
  }))
}

/** A policy set ready to decide. Throws `POLICY_INVALID` with the first offence: a set that fails the check decides nothing. */
export function openPolicies(files: readonly PolicyFile[]): Decider {
  const { policies, offences } = checkPolicies(files)
  const [first, ...others] = offences
  if (first === undefined) return new Decider(policies)
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  throw new GomeisaError(
    'POLICY_INVALID',
    `${first.policy ? `policy \`${first.policy}\`: ` : ''}${first.says}${more}`,
    {
      place: first.place,
      remedy:
        first.remedy === undefined
          ? '`gomeisa policy check` tells all'
          : `${first.remedy}; \`gomeisa policy check\` tells all`,
    },
  )
}
