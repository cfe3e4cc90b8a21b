import { conditionPaths, quorumsIn } from '../cedar/named.ts'
import { nodesOf } from '../cedar/expression.ts'
import type { Policy } from '../cedar/policy.ts'
import { DEVICE_LEVELS, MOST_APPROVALS, PRESENCES, type Evidence } from '../model/evidence.ts'
import { peopleIn } from '../model/quorum.ts'

/** The kinds of evidence that somebody can be asked for; break glass is never one of them, it is chosen by the person. */
type Dimension = Exclude<keyof Evidence, 'breakGlass'>

/** Beyond this the quorums of one decision have too many subsets: each is tried alone, and all together. */
const MOST_QUORUMS = 6

/**
 * The evidence worth trying for these policies, without or with break glass, easier first: if one point covers another, it
 * comes later. Evidence that no policy reads stays at nothing, because it cannot change an answer.
 */
export function* evidencePoints(policies: readonly Policy[], breakGlass: boolean): Generator<Evidence> {
  const read = dimensionsRead(policies)
  const levels = <T>(dimension: Dimension, all: readonly [T, ...T[]]) =>
    read.has(dimension) ? all : [all[0]]
  const most = mostApprovals(policies)
  for (const quorums of read.has('quorums') ? subsets(quorumsIn(policies)) : [[]]) {
    const people = Math.max(0, ...quorums.map(peopleIn))
    const top = read.has('approvals') ? Math.max(people, most) : people
    for (let approvals = people; approvals <= top; approvals++) {
      for (const proximity of levels('proximity', [false, true])) {
        for (const phone of levels('phone', [false, true])) {
          for (const presence of levels('presence', PRESENCES)) {
            for (const device of levels('device', DEVICE_LEVELS)) {
              yield { device, presence, phone, proximity, approvals, quorums, breakGlass }
            }
          }
        }
      }
    }
  }
}

/** The most evidence that these policies can look at. */
export function mostEvidence(policies: readonly Policy[], breakGlass: boolean): Evidence {
  const quorums = quorumsIn(policies)
  const approvals = Math.max(mostApprovals(policies), ...quorums.map(peopleIn))
  return { device: 'tpm', presence: 'verified', phone: true, proximity: true, approvals, quorums, breakGlass }
}

function dimensionsRead(policies: readonly Policy[]): ReadonlySet<string> {
  const paths = policies.flatMap(conditionPaths).filter(([root]) => root === 'context')
  const all: readonly string[] = ['device', 'presence', 'phone', 'proximity', 'approvals', 'quorums']
  const whole = paths.some((path) => path.length === 1 || (path[1] === 'evidence' && path.length === 2))
  return new Set(whole ? all : paths.flatMap(([, part, name]) => (part === 'evidence' && name ? [name] : [])))
}

/** One above the largest small number in the policies: `approvals > 2` is met by three people. */
function mostApprovals(policies: readonly Policy[]): number {
  let most = 0
  for (const { conditions } of policies) {
    for (const { body } of conditions) {
      for (const [name, argument] of nodesOf(body)) {
        if (name === 'Value' && typeof argument === 'number' && argument < MOST_APPROVALS) {
          most = Math.max(most, argument + 1)
        } else if (name === 'Value' && argument === MOST_APPROVALS) most = MOST_APPROVALS
      }
    }
  }
  return most
}

/** The subsets of a list, smaller ones first. */
function subsets(list: readonly string[]): readonly (readonly string[])[] {
  if (list.length > MOST_QUORUMS) return [[], ...list.map((each) => [each]), list]
  const all = Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((_, i) => (bits >> i) & 1))
  return all.sort((a, b) => a.length - b.length)
}
