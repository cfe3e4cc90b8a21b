import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { dependingOn, filledText, numeral, record, text } from '../../record-shape.ts'

const asListed = record(
  { projectId: filledText },
  {
    projectNumber: numeral,
    name: text,
    lifecycleState: text,
    parent: record({ type: filledText, id: numeral }),
  },
)
const asRest = record(
  { projectId: filledText, name: filledText },
  { parent: text, state: text, displayName: text },
)

/**
 * Projects: as `gcloud projects list` prints them (Resource Manager v1: number, lifecycle state, parent of type and id),
 * or as the REST interface v3 does (`name` is `projects/NUMBER`, `parent` a resource name).
 * https://docs.cloud.google.com/resource-manager/reference/rest/v1/projects, …/v3/projects
 */
export const projects = listing({
  kind: 'gcp.projects',
  cloud: 'gcp',
  noun: ['project', 'projects'],
  what: 'hierarchy',
  lists: ['projects'],
  calls: [/gcloud projects (list|describe)|\bprojects\.(list|search|get)\b|SearchProjects/i],
  looksLike: (row) =>
    own(row, 'projectId') !== undefined &&
    ['projectNumber', 'lifecycleState', 'state'].some((key) => own(row, key) !== undefined),
  row: dependingOn((row) =>
    own(row, 'projectNumber') === undefined && own(row, 'state') !== undefined ? asRest : asListed,
  ),
  id: (row) => ownString(row, 'projectId'),
})
