import { readFileSync } from 'node:fs'

/** The namespace of every type and action. */
export const NAMESPACE = 'Gomeisa'

/** The schema that every policy set is validated against (docs/policies.md). */
export const SCHEMA = readFileSync(new URL('./gomeisa.cedarschema', import.meta.url), 'utf8')

/** `Gomeisa::Group`. */
export function typeName(type: string): string {
  return `${NAMESPACE}::${type}`
}

/** `Group` for `Gomeisa::Group`; a type of another namespace as it stands. */
export function withoutNamespace(type: string): string {
  return type.startsWith(`${NAMESPACE}::`) ? type.slice(NAMESPACE.length + 2) : type
}
