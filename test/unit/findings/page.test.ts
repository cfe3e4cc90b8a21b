import { format } from 'prettier'
import { expect, it } from 'vitest'
import { FINDING_RULES } from '../../../analyzer/findings/registry.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page as it must be; `npm test -- -u` writes it. */
function page(): string {
  const rows = FINDING_RULES.map(
    (rule) =>
      `| [\`${rule.id}\`](#${rule.id}) | ${cell(rule.title)} | ${rule.severity} | ${cell(rule.varies)} |`,
  )
  const sections = FINDING_RULES.map((rule) => {
    const varies = rule.varies === '' ? '' : `; ${rule.varies}`
    return `## ${rule.id}\n\n**${rule.title}.** Severity: ${rule.severity}${varies}.\n\n${rule.why}`
  })
  return `# Findings

Every rule, generated from \`analyzer/findings/registry.ts\`. A finding has an id that stays the same from one snapshot to the next
(the hash of rule, subject and what tells two findings of the same subject apart), its evidence down to the statement, and a
remedy as text to apply. Ages are counted up to the time of the snapshot, never up to today.

What an export does not tell is not reported as wrong. A finding that holds only if missing facts change nothing is marked
\`assumed\` and names them.

| Rule | What is wrong | Severity | When |
| --- | --- | --- | --- |
${rows.join('\n')}

${sections.join('\n\n')}
`
}

it('docs/findings.md lists every rule as it is', async () => {
  await expect(await format(page(), { parser: 'markdown' })).toMatchFileSnapshot('../../../docs/findings.md')
})
