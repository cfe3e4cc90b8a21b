import type { ApiNodeRef, ApiOverview, ApiRankedIdentity, ApiSeverity } from '../../../app/server/api.ts'
import { findings } from './findings.ts'
import { nodes, scopes } from './nodes.ts'

const ORDER: readonly ApiSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

function counted(match: (subject: ApiNodeRef) => boolean): Record<ApiSeverity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const finding of findings) if (match(finding.subject)) counts[finding.severity] += 1
  return counts
}

const ranked = (
  identity: ApiNodeRef,
  score: number,
  because: readonly string[],
  isNew = false,
): ApiRankedIdentity => ({
  identity,
  score,
  because,
  findings: counted((subject) => subject.id === identity.id),
  isNew,
})

const columns = [...new Map(findings.map((finding) => [finding.rule, finding.title]))].map(
  ([rule, title]) => ({
    rule,
    title,
  }),
)

function heatRow(scope: ApiNodeRef): ApiOverview['heatmap']['rows'][number] {
  const cells = columns.map(({ rule }) => {
    const here = findings.filter((finding) => finding.rule === rule && finding.scope?.id === scope.id)
    const worst = ORDER.find((severity) => here.some((finding) => finding.severity === severity)) ?? null
    return { count: here.length, worst }
  })
  return { scope, cells }
}

export const overview: ApiOverview = {
  snapshot: { id: 'b81f', takenAt: '2026-11-22T08:40:00Z' },
  previous: { id: 'a07c', takenAt: '2026-11-15T08:35:00Z' },
  headlines: [
    {
      text: '3 people reach the payroll bucket; 2 of them did not last week.',
      severity: 'critical',
      link: `/paths?to=${encodeURIComponent(nodes.payroll.id)}`,
    },
    {
      text: 'Anyone who can push a branch to lumen/deploy becomes organization administrator in 3 steps.',
      severity: 'critical',
      link: `/paths?from=${encodeURIComponent(nodes.github.id)}&to=${encodeURIComponent(nodes.payroll.id)}`,
    },
    {
      text: 'Cut AWSReservedSSO_ReleaseEngineer_616ba0e027ff3814 → ci-deploy (assume role): 12 of 20 ways from people to crown jewels are gone.',
      severity: 'high',
      link: `/paths?from=${encodeURIComponent(nodes.entraOwner.id)}&to=${encodeURIComponent(nodes.dataset.id)}`,
    },
    {
      text: 'A vendor’s account can read card tokens: the role it uses asks for no external id.',
      severity: 'high',
      link: '/findings?rule=external-trust',
    },
    {
      text: 'A leaver’s access key still works, 203 days after its last use.',
      severity: 'medium',
      link: `/identities/${encodeURIComponent(nodes.leaver.id)}`,
    },
  ],
  counts: {
    principals: 1214,
    people: 388,
    resources: 5012,
    containers: 41,
    findings: counted(() => true),
    gaps: 3,
    notEvaluated: 19,
  },
  heatmap: {
    columns,
    rows: Object.values(scopes)
      .map(heatRow)
      .filter((row) => row.cells.some((cell) => cell.count > 0)),
  },
  riskiest: [
    ranked(nodes.ana, 97, ['administers 12 accounts', 'no MFA', 'reaches payroll in 2 steps']),
    ranked(
      nodes.ci,
      91,
      ['leads to organization administrator', 'passes any role', 'open to every branch'],
      true,
    ),
    ranked(nodes.orgAdmin, 88, ['standing administrator', 'trusts a whole account']),
    ranked(nodes.guest, 74, ['guest', 'Owner of a subscription'], true),
    ranked(nodes.entraOwner, 69, ['owns a privileged application', 'crosses to Google Cloud']),
    ranked(nodes.monitor, 66, ['used by an outside account', 'no external id']),
    ranked(nodes.joris, 58, ['may assume ci-deploy']),
    ranked(nodes.editor, 47, ['Editor on a project', '2 user-managed keys']),
    ranked(nodes.leaver, 41, ['key older than a year', 'unused for 203 days']),
    ranked(nodes.servicePrincipal, 33, ['nobody owns it']),
  ],
  gaps: [
    {
      cloud: 'aws',
      scope: 'payments-prod',
      what: 'kms:GetKeyPolicy',
      kind: 'refused',
      consequence: 'Who can decrypt with 14 keys is unknown.',
      remedy: 'Add kms:GetKeyPolicy to the exporting role and export again.',
    },
    {
      cloud: 'azure',
      scope: 'retail-eu',
      what: 'custom role definitions',
      kind: 'not exported',
      consequence: '6 assignments have a role whose permissions are unknown.',
      remedy: 'az role definition list --custom-role-only',
    },
    {
      cloud: 'gcp',
      scope: 'lumenparcel.example',
      what: 'group memberships',
      kind: 'not exported',
      consequence: 'Members of 9 groups are unknown; people behind them are not counted.',
      remedy: 'gcloud identity groups memberships list',
    },
  ],
  notEvaluated: [
    { cloud: 'gcp', title: 'Deny policies', count: 12 },
    { cloud: 'aws', title: 'NotPrincipal in a resource policy', count: 5 },
    { cloud: 'azure', title: 'Assignment conditions (ABAC)', count: 2 },
  ],
}
