import { visible } from '../../../graph/index.ts'
import {
  entitlementOf,
  explainAsk,
  NO_EVIDENCE,
  openPolicies,
  personOf,
  possibleApprovers,
  readCatalogue,
  readGivenEvidence,
  type Explanation,
} from '../../../policies/index.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'
import { askedOf, withAsked, type AskedOptions } from './asked.ts'
import { jsonFile, jsonOf, policyFiles } from './input.ts'
import { renderWays } from './ways.ts'

interface ExplainOptions extends AskedOptions {
  readonly catalogue: string
  readonly policies?: readonly string[]
  readonly evidence?: string
}

/** `policy explain`. */
export const configureExplain: Verb['configure'] = (command, run) => {
  const explain = command
    .command('explain')
    .argument('<person>', 'id of a person of the catalogue')
    .argument('<entitlement>', 'id of an entitlement of the catalogue')
    .requiredOption('--catalogue <file>', 'people and entitlements, JSON (docs/policies.md)')
    .option('--policies <path...>', 'files or folders of policies (default: the shipped ones)')
    .option('--evidence <json>', 'what has been shown: {"device":"tpm","presence":"touch"}')
    .description('Say what a request takes, which policies decide, and who could approve.')
  withAsked(explain).action((person: string, entitlement: string, options: ExplainOptions) =>
    run(({ terminal, global, now }) => {
      const decider = openPolicies(policyFiles(options.policies ?? []))
      const catalogue = readCatalogue(jsonFile(options.catalogue), options.catalogue)
      const ask = {
        ...askedOf(options, now),
        person: personOf(catalogue, person),
        entitlement: entitlementOf(catalogue, entitlement),
      }
      const given = options.evidence
      const evidence =
        given === undefined ? NO_EVIDENCE : readGivenEvidence(jsonOf(given, '--evidence'), '--evidence')
      const explanation = explainAsk(decider, ask, evidence)
      const approvers = possibleApprovers(decider, ask.person, ask.entitlement, catalogue.people)
      const ids = approvers.map(({ id }) => id)
      if (global.json) {
        terminal.out(jsonText(envelope('policy', null, { ...explanation, approvers: ids })))
      } else render(terminal, explanation, ids)
      return Promise.resolve(EXIT.ok)
    }),
  )
}

function render(
  terminal: Terminal,
  { decided, requirement, missing }: Explanation,
  approvers: readonly string[],
): void {
  const { ways, breakGlass, refused } = requirement
  const by = [...decided.because, ...decided.errors].join(', ')
  terminal.block(
    '',
    visible(`${decided.decision} with what has been shown${by === '' ? '' : `: ${by}`}`),
    'bold',
  )
  if (refused !== undefined) {
    const why =
      refused.because.length === 0 ? 'no policy allows it' : `forbidden by ${refused.because.join(', ')}`
    terminal.block('', visible([`no evidence will do: ${why}`, ...refused.advice].join('. ')))
  }
  if (decided.decision === 'deny' && missing[0] !== undefined) {
    terminal.block('least missing  ', visible(missing[0].join(', ')))
  }
  renderWays(terminal, 'takes          ', ways)
  renderWays(terminal, 'break glass    ', breakGlass)
  if (approvers.length > 0) terminal.block('can approve    ', visible(approvers.join(', ')))
}
