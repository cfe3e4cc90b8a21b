import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'

/** Where workloads name the service account they run as: path of keys in the resource's own representation. */
const PATHS: readonly (readonly string[])[] = [
  // Compute Engine instance: handled as a list below. Cloud Functions, first and second generation.
  ['serviceAccountEmail'],
  ['serviceConfig', 'serviceAccountEmail'],
  // Cloud Run service and job, Knative and v2 forms.
  ['spec', 'template', 'spec', 'serviceAccountName'],
  ['spec', 'template', 'spec', 'template', 'spec', 'serviceAccountName'],
  ['template', 'serviceAccount'],
  ['template', 'template', 'serviceAccount'],
  // Composer environment.
  ['config', 'nodeConfig', 'serviceAccount'],
  // Kubernetes Engine node pool and cluster; Dataproc cluster; Cloud Build trigger; Workflows.
  ['config', 'serviceAccount'],
  ['nodeConfig', 'serviceAccount'],
  ['config', 'gceClusterConfig', 'serviceAccount'],
  ['serviceAccount'],
]

/** E-mails of the service accounts that a resource runs as, sorted. */
export function runsAs(data: JsonObject): readonly string[] {
  const found = new Set<string>()
  for (const key of ['serviceAccounts', 'serviceAccount']) {
    for (const account of ownList(data, key)) {
      if (isObject(account)) note(ownString(account, 'email'), found)
    }
  }
  for (const path of PATHS) note(at(data, path), found)
  return [...found].sort()
}

function at(data: JsonObject, path: readonly string[]): Json | undefined {
  let value: JsonObject | undefined = data
  for (const key of path.slice(0, -1)) {
    value = value === undefined ? undefined : ownObject(value, key)
  }
  const last = path.at(-1)
  return value === undefined || last === undefined ? undefined : own(value, last)
}

function note(value: Json | undefined, into: Set<string>): void {
  if (typeof value !== 'string') return
  const email = value.slice(value.lastIndexOf('/') + 1).toLowerCase()
  if (/^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(email)) into.add(email)
}
