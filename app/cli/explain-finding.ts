import type { OpenEstate } from '../estate/open-estate.ts'
import { placesOf } from '../estate/places.ts'
import type { Finding } from '../../graph/index.ts'
import { GomeisaError, visible } from '../../graph/index.ts'
import { envelope } from './envelope.ts'
import { jsonText } from './json-text.ts'
import { foldCommand } from './plain-text.ts'
import { evidenceJson, renderDerivation } from './render-evidence.ts'
import { severityWord } from './render-findings.ts'
import type { ExitCode, VerbContext } from './verb.ts'
import { EXIT } from './verb.ts'

/** The finding whose id begins with a text: what it says, its proof, and the change that ends it. */
export async function explainFinding(
  { terminal, global }: VerbContext,
  estate: OpenEstate,
  id: string,
): Promise<ExitCode> {
  const finding = oneFinding(await estate.findings(), id)
  if (global.json) {
    const placeOf = await placesOf(estate, finding.evidence)
    const evidence = finding.evidence.map((each) => evidenceJson(each, placeOf))
    terminal.out(jsonText(envelope('explain', estate.snapshot, { ...finding, evidence })))
    return EXIT.ok
  }
  terminal.out(`${severityWord(terminal, finding.severity)}  ${terminal.style('bold', finding.title)}`)
  terminal.block('', visible(finding.says))
  for (const assumption of finding.assumes) terminal.block('  assumes ', visible(assumption))
  terminal.out(`\n${terminal.style('bold', 'Proof')}`)
  for (const evidence of finding.evidence) await renderDerivation(terminal, estate, evidence, 0)
  terminal.out(`\n${terminal.style('bold', 'Remedy')}`)
  terminal.block('  ', visible(finding.remedy.says))
  for (const line of finding.remedy.text.split('\n')) {
    const shown = visible(line)
    // A folded diff would no longer apply.
    const whole = finding.remedy.format === 'diff' ? shown : foldCommand(shown, terminal.width - 4, '    ')
    terminal.out(`    ${whole}`)
  }
  return EXIT.ok
}

function oneFinding(findings: readonly Finding[], id: string): Finding {
  const found = findings.filter((finding) => finding.id.startsWith(id.toLowerCase()))
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  if (one === undefined || id === '') {
    throw new GomeisaError('NOT_FOUND', `no finding is called \`${id}\``, {
      remedy: '`gomeisa findings` lists them with their ids; of an answer give PRINCIPAL ACTION RESOURCE',
    })
  }
  throw new GomeisaError('AMBIGUOUS', `\`${id}\` begins ${found.length} findings`, {
    remedy: 'give more of the id',
    candidates: found.slice(0, CANDIDATES).map((finding) => `${finding.id}  ${finding.says}`),
  })
}

const CANDIDATES = 12
