import { isObject, ownList, ownString } from '../../graph/index.ts'
import { requiredCall } from './calls/table.ts'
import type { Where } from './clients.ts'
import type { Walk } from './walk.ts'

/** The regions that are enabled in an account; where AWS does not tell, the one that is asked anyway. */
export async function regionsOf(walk: Walk, where: Where): Promise<readonly string[]> {
  const pages = (await walk.once(requiredCall('ec2:DescribeRegions'), where)) ?? []
  const names = pages
    .flatMap((page) => (isObject(page) ? ownList(page, 'Regions') : []))
    .flatMap((region) => (isObject(region) ? [ownString(region, 'RegionName')] : []))
    .filter((name) => name !== undefined)
  return names.length === 0 ? [where.region] : names.sort()
}
