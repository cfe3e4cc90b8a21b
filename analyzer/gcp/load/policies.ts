import type { JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { RESOURCE_MANAGER, containerPath } from '../resource-name.ts'
import type { Collected } from './collected.ts'
import { strings } from './fields.ts'

/** A row of `gcloud asset search-all-iam-policies`: a resource's own allow policy, and what lies above the resource. */
export function readIamPolicyRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const resource = ownString(row.value, 'resource')
  const policy = ownObject(row.value, 'policy')
  if (resource === undefined || policy === undefined) return
  const type = ownString(row.value, 'assetType')
  if (type !== undefined) into.types.set(resource, type)
  const project = ownString(row.value, 'project')
  const organization = ownString(row.value, 'organization')
  const above = [project, ...strings(own(row.value, 'folders')), organization].filter(
    (path) => path !== undefined,
  )
  readAncestry(resource, above, into)
  readPolicy(resource, policy, { ...row.at, pointer: `${row.at.pointer}/policy` }, into)
}

/** An allow policy (google.iam.v1.Policy) of a resource. */
export function readPolicy(resource: string, policy: JsonObject, at: SourceRef, into: Collected): void {
  const etag = ownString(policy, 'etag')
  if (etag !== undefined) {
    const key = `${resource}\n${etag}\n${JSON.stringify(own(policy, 'bindings') ?? [])}`
    if (into.policies.has(key)) return
    into.policies.add(key)
  }
  for (const [i, binding] of ownList(policy, 'bindings').entries()) {
    if (!isObject(binding)) continue
    const role = ownString(binding, 'role')
    if (role === undefined) continue
    const condition = ownObject(binding, 'condition')
    const expression = condition === undefined ? undefined : ownString(condition, 'expression')
    into.bindings.push({
      resource,
      role,
      members: strings(own(binding, 'members')),
      condition:
        condition === undefined || expression === undefined
          ? null
          : { title: ownString(condition, 'title') ?? '', expression },
      at: { ...at, pointer: `${at.pointer}/bindings/${i}` },
    })
  }
}

/**
 * Paths (`projects/1`, `folders/2`, `organizations/3`) above a resource, nearest first. Which of several folders is the
 * inner one does not matter to access; each of them is above the project.
 */
export function readAncestry(resource: string, paths: readonly string[], into: Collected): void {
  const own = containerPath(resource)
  const above = paths.filter((path) => path !== own).map((path) => RESOURCE_MANAGER + path)
  const [first] = paths
  if (own?.startsWith('projects/') === true && first?.startsWith('projects/') === true) {
    const id = own.slice('projects/'.length)
    const number = first.slice('projects/'.length)
    if (id !== number && /^\d+$/.test(number) && !/^\d+$/.test(id)) into.projectIds.set(number, id)
  }
  if (above.length > 0) into.above.push([resource, above])
  const project = above.find((name) => name.startsWith(`${RESOURCE_MANAGER}projects/`))
  if (project !== undefined) into.above.push([project, above.filter((name) => name !== project)])
}
