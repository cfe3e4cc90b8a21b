import type { Fact } from '../../../analyzer/findings/fact.ts'
import { findAll } from '../../../analyzer/findings/find.ts'
import { attackGraph } from '../../../analyzer/paths/attack-graph.ts'
import { jewelReach } from '../../../analyzer/paths/reach.ts'
import type { ReportInput } from '../../../analyzer/report/model.ts'
import { crownJewels } from '../../../analyzer/risk/crown-jewels.ts'
import { headlines } from '../../../analyzer/risk/headlines.ts'
import { rankIdentities } from '../../../analyzer/risk/score.ts'
import type { Edge, GraphNode, SnapshotId } from '../../../graph/index.ts'
import { NOW, administrator, base, key, privileged } from '../findings/facts.ts'
import { byId, container, edge, id, person, principal, resource } from '../paths/estate.ts'

/** A report over an estate that is analysed for real, but for the facts, which are given. */
export function reportOf(
  nodes: readonly GraphNode[],
  facts: readonly Fact[],
  edges: readonly Edge[] = [],
  more: Partial<ReportInput> = {},
): ReportInput {
  const map = byId(...nodes)
  const jewels = crownJewels(nodes, { patterns: [] })
  const attack = attackGraph(map, edges, jewels)
  const findings = findAll({ facts, nodes: map, edges, now: NOW })
  const reach = jewelReach(attack)
  const view = { takenAt: NOW, nodes: map, edges, findings, reach, attack }
  const people = nodes.filter((n) => n.kind === 'principal' && n.human === true).length
  return {
    version: '0.1.0',
    summary: {
      snapshot: 'ab'.repeat(32) as SnapshotId,
      takenAt: NOW,
      clouds: ['aws', 'gcp'],
      principals: nodes.filter((n) => n.kind === 'principal').length,
      people,
      peopleAtLeast: people,
      unmatchedAccounts: [],
      resources: nodes.filter((n) => n.kind === 'resource').length,
      containers: nodes.filter((n) => n.kind === 'container').length,
      edges: edges.length,
      gaps: [],
      notEvaluated: [],
      crownJewels: jewels,
    },
    nodes: map,
    findings,
    ranked: rankIdentities({ nodes: map, facts, findings, reach, now: NOW }),
    headlines: headlines({ current: view, previous: null }),
    previous: null,
    describe: (ref) => ({ origin: `export/file-${ref.source}.json`, line: ref.pointer.length }),
    ...more,
  }
}

/** A mid-size estate with every kind of row. */
export function sampleReport(): ReportInput {
  const nodes: GraphNode[] = [
    container('acme', null, { type: 'organization' }),
    container('payroll-prod', 'acme', { environment: 'production' }),
    container('web-prod', 'acme', { environment: 'production' }),
    container('product-dev', 'acme', { environment: 'development' }),
    container('sandbox-engineering-with-a-long-name', 'acme'),
    resource('payroll-exports', 'payroll-prod', { tags: [['data-classification', 'restricted']] }),
    resource('web-assets', 'web-prod'),
    principal('release-deployer', 'web-prod'),
    principal('ci-deploy-tools', 'product-dev'),
    principal('org-administrator', 'payroll-prod', { lastUsed: 'never' }),
    principal('999988887777', null, { type: 'account', external: true }),
    principal('warehouse-loader@acme-data.iam.gserviceaccount.com', 'product-dev', {
      type: 'service-account',
    }),
  ]
  const facts: Fact[] = []
  const edges: Edge[] = [
    edge('org-administrator', 'can-access', 'payroll-exports', { level: 'write' }),
    edge('release-deployer', 'can-become', 'org-administrator'),
    edge('ci-deploy-tools', 'can-become', 'release-deployer', { certainty: 'conditional' }),
    edge('999988887777', 'can-become', 'release-deployer'),
  ]
  for (const [i, name] of ['ana.silva', 'ben.okafor', 'eva.lind', 'tom.weber', 'mai.larsen'].entries()) {
    nodes.push(
      person(`${name}@acme.example`, {
        email: `${name}@acme.example`,
        mfa: i % 2 === 0,
        credentials: [{ type: 'password', id: 'p', active: true }],
      }),
    )
    if (i < 3) edges.push(edge(`${name}@acme.example`, 'can-become', 'release-deployer'))
    facts.push(key(`${name}@acme.example`, `AKIA${i}EXAMPLE`, 80 + i * 60))
    if (i > 2) facts.push(administrator(`${name}@acme.example`, 'sandbox-engineering-with-a-long-name'))
  }
  facts.push(
    administrator('org-administrator', 'acme', 'AdministratorAccess'),
    administrator('tom.weber@acme.example', 'payroll-prod', 'Owner', ['members of group admins are unknown']),
    privileged('release-deployer', 'web-prod', 'PowerUserAccess'),
    key('warehouse-loader@acme-data.iam.gserviceaccount.com', 'f00d', 400, 'service-account-key'),
    {
      ...base('trust'),
      fact: 'external-trust',
      trusted: id('999988887777'),
      trusting: id('release-deployer'),
      narrowed: false,
    },
    {
      ...base('pass'),
      fact: 'pass-any-role',
      principal: id('release-deployer'),
      scope: id('web-prod'),
      remedy: {
        says: 'name the roles that may be passed',
        format: 'diff',
        text: '--- release-functions\n+++ release-functions\n@@ statement PassReleaseRoles @@\n   "Action": "iam:PassRole",\n-  "Resource": "*"\n+  "Resource": "arn:aws:iam::111122220005:role/release/*"',
      },
    },
    {
      ...base('open'),
      fact: 'public-access',
      resource: id('web-assets'),
      audience: 'anyone',
      may: 'read objects',
      conditional: false,
    },
  )
  const report = reportOf(nodes, facts, edges)
  const known = new Set(report.findings.slice(3).map((finding) => finding.id))
  return {
    ...report,
    previous: { takenAt: NOW, findings: known.add('0000000000000000') },
    summary: {
      ...report.summary,
      gaps: [
        {
          kind: 'refused',
          cloud: 'aws',
          scope: '111122220018',
          what: 'account-authorization-details',
          consequence: 'nothing in account sandbox-labs can be answered',
          remedy: 'allow iam:GetAccountAuthorizationDetails to the exporter',
        },
      ],
      notEvaluated: [{ cloud: 'gcp', construct: 'deny-policy', title: 'deny policies', count: 12 }],
    },
  }
}
