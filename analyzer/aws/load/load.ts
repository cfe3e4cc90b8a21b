import type { SnapshotReader } from '../../../graph/index.ts'
import { callerNodes } from '../derive/callers.ts'
import { Estate } from '../evaluate/estate.ts'
import { familyNodes } from '../derive/families.ts'
import type { Loaded } from '../../cloud-analyzer.ts'
import { readAnswers } from './answers.ts'
import { readAccountDetails } from './account-details.ts'
import { buildNodes } from './build-nodes.ts'
import { buildState } from './build-state.ts'
import { readCoverage } from './answer-coverage.ts'
import { readClusters } from './clusters.ts'
import { readConfigResources } from './config-resources.ts'
import { readCredentialReport } from './credential-report.ts'
import { Draft } from './draft.ts'
import { finishHosts, readHosts, readRefusals } from './hosts.ts'
import { IdentityCenter } from './identity-center.ts'
import { PERMISSION_SET_KINDS } from './permission-sets.ts'
import { readResourcePolicies } from './resource-policies.ts'
import { ORGANIZATION_KINDS, readOrganization } from './organization.ts'
import { addTrusted } from './trusted-nodes.ts'

/** Reads every AWS source of a snapshot, in an order that does not depend on the order of the files. */
export async function load(reader: SnapshotReader): Promise<Loaded> {
  const draft = new Draft()
  draft.organization.refused = reader.snapshot.gaps.some(
    (gap) => gap.cloud === 'aws' && gap.what.endsWith('-control-policies') && gap.kind !== 'not-collected',
  )
  for await (const source of reader.each('aws.account-authorization-details')) {
    readAccountDetails(draft, source)
  }
  for await (const source of reader.each('aws.credential-report')) readCredentialReport(draft, source)
  for await (const source of reader.each(...ORGANIZATION_KINDS)) readOrganization(draft, source)
  for await (const source of reader.each('aws.resource-policies')) readResourcePolicies(draft, source)
  for await (const source of reader.each('aws.config-resources')) readConfigResources(draft, source)
  for await (const source of reader.each('aws.answers')) {
    readAnswers(draft, source)
    readHosts(draft, source)
    readClusters(draft, source)
  }
  for await (const source of reader.each('aws.coverage')) {
    readCoverage(draft, source)
    readRefusals(draft, source)
  }
  const told = reader.snapshot.sources.some(({ kind }) => kind === 'aws.coverage')
  finishHosts(draft, [
    ...reader.snapshot.gaps.filter(
      ({ cloud, what }) => cloud === 'aws' && (what === 'regions' || (what === 'workloads' && !told)),
    ),
  ])
  const listed = reader.snapshot.sources.some(({ kind }) => kind === 'aws.permission-set-managed-policies')
  const refused = reader.snapshot.gaps.some(({ what }) => what === 'identity-center-assignments')
  const center = new IdentityCenter(draft, listed && !refused)
  // What is described comes before what refers to it.
  for await (const source of reader.each(...PERMISSION_SET_KINDS)) center.sets.read(source)
  for await (const source of reader.each('aws.identity-store-users', 'aws.identity-store-groups')) {
    center.read(source)
  }
  for await (const source of reader.each('aws.identity-store-memberships', 'aws.account-assignments')) {
    center.read(source)
  }
  center.finish()
  buildNodes(draft)
  const state = buildState(draft)
  addTrusted(draft, state)
  for (const node of familyNodes(state)) draft.add(node)
  for (const node of callerNodes(new Estate(state, draft.nodes))) draft.add(node)
  return { nodes: [...draft.nodes.values()], edges: draft.edges, state }
}
