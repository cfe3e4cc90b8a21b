import type { Missing } from '../../../graph/index.ts'
import { accountIn, parseArn } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import type { Lists, SharesState } from '../state.ts'
import { covers, isPattern, literal, tokensOf } from './arn-pattern.ts'
import type { Estate } from './estate.ts'

/** What shares of Resource Access Manager say on the side of a resource. */
export interface SharedSide {
  /** Uses of what they allow, and of what they may allow. */
  readonly shares: readonly number[]
  readonly openShares: readonly number[]
  /** That it is not known with whom the account shares what; matters for access from other accounts. */
  readonly missing: readonly Missing[]
}

/**
 * Services whose resources Resource Access Manager does not share.
 * https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
const NOT_SHARED: ReadonlySet<string> = new Set([
  'iam',
  'kms',
  'lambda',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
])

/** Shares of the resource, or of those that a pattern stands for; undefined when there is nothing to say. `account`: the owner's index. */
export function sharesOn(estate: Estate, account: number, arn: string): SharedSide | undefined {
  const told = estate.state.accounts[account]?.shares
  if (told === undefined && estate.sharedResources.length === 0) return undefined
  const parsed = parseArn(arn)
  if (parsed === undefined || accountIn(arn) === undefined || NOT_SHARED.has(parsed.service)) return undefined
  const { resources } = estate.state
  const indexes = meant(estate, arn)
  const all = (column: Lists) => indexes.flatMap((index) => [...listAt(column, index)])
  const says = `whether account ${parsed.account} shares ${arn} (Resource Access Manager)`
  const isKnown = told === undefined || isListed(told, parsed.region)
  return {
    shares: all(resources.shares),
    openShares: all(resources.openShares),
    missing: isKnown ? [] : [{ what: 'ram-share', says }],
  }
}

/** Indexes of the shared resources that an ARN, or a pattern, stands for. */
function meant(estate: Estate, arn: string): readonly number[] {
  if (!isPattern(arn)) {
    const index = estate.resourceIndex(arn)
    return index < 0 ? [] : [index]
  }
  const tokens = tokensOf(arn)
  return estate.sharedResources.filter((index) =>
    covers(tokens, literal(estate.state.resources.arns[index] ?? '')),
  )
}

/**
 * Whether the shares that a resource could be in were listed. Global resources are shared from one region.
 * https://docs.aws.amazon.com/ram/latest/userguide/working-with-regional-vs-global.html
 */
function isListed({ regions, whole }: SharesState, region: string): boolean {
  return whole || regions.includes(region === '' ? 'us-east-1' : region)
}
