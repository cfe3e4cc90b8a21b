import type { Finding } from '../../../graph/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { worstOf } from '../../estate/assessment.ts'
import type { ApiFinding, ApiFindings } from '../api.ts'
import type { FindingsQuery } from '../handlers.ts'
import { apiEvidence } from './evidence.ts'
import type { NodeRefs } from './node-refs.ts'

/** One finding with its evidence resolved. `before`: ids of the previous snapshot's findings, when there is one. */
export async function apiFinding(
  assessment: Assessment,
  refs: NodeRefs,
  finding: Finding,
  before: ReadonlySet<string> | undefined,
): Promise<ApiFinding> {
  const { id, rule, title, severity, says, confidence, assumes, remedy } = finding
  return {
    id,
    rule,
    title,
    severity,
    says,
    confidence,
    assumes,
    remedy,
    subject: refs.ref(finding.subject),
    scope: finding.scope === null ? null : refs.ref(finding.scope),
    evidence: await Promise.all(finding.evidence.map((each) => apiEvidence(assessment.estate, each))),
    isNew: before !== undefined && !before.has(id),
  }
}

export async function answerFindings(
  assessment: Assessment,
  refs: NodeRefs,
  query: FindingsQuery,
  before: ReadonlySet<string> | undefined,
): Promise<ApiFindings> {
  const text = query.q?.toLowerCase()
  const fitting = assessment.findings.filter((finding) => {
    const subject = assessment.nodes.get(finding.subject)
    return (
      (query.severity.length === 0 || query.severity.includes(finding.severity)) &&
      (query.cloud === undefined || subject?.cloud === query.cloud) &&
      (query.scope === undefined || finding.scope === query.scope) &&
      (text === undefined ||
        [finding.title, finding.says, subject?.name ?? ''].some((part) => part.toLowerCase().includes(text)))
    )
  })
  const shown = fitting.filter((finding) => query.rule === undefined || finding.rule === query.rule)
  const page = shown.slice(query.offset, query.offset + query.limit)
  // The rules are counted before the rule filter: they are the filter's choices.
  const rules = [...Map.groupBy(fitting, (finding) => finding.rule)].map(([rule, of]) => ({
    rule,
    title: of[0]?.title ?? rule,
    count: of.length,
    worst: worstOf(of) ?? 'info',
  }))
  return {
    total: shown.length,
    offset: query.offset,
    findings: await Promise.all(page.map((finding) => apiFinding(assessment, refs, finding, before))),
    rules,
  }
}
