import type { Answer, Decision, Reason } from '../../graph/index.ts'
import { visible } from '../../graph/index.ts'
import type { Asked, AskedAs } from '../estate/ask.ts'
import { describeNode } from '../estate/named.ts'
import type { OpenEstate } from '../estate/open-estate.ts'
import { count, padTo } from './plain-text.ts'
import { renderPlace } from './render-place.ts'
import type { Style, Terminal } from './terminal.ts'

const WORDS: Readonly<Record<Decision, string>> = {
  allowed: 'ALLOWED',
  'allowed-if': 'ALLOWED IF',
  denied: 'DENIED',
  unknown: 'UNKNOWN',
}

const STYLES = { allowed: 'green', 'allowed-if': 'yellow', denied: 'red', unknown: 'magenta' } as const

const EFFECTS: Readonly<Record<Reason['effect'], string>> = {
  allow: 'allows',
  deny: 'denies',
  none: 'is silent',
}

/** Columns of the words at the left. */
const HEAD = 12

/** The word for a decision. */
export function decisionText(decision: Decision): string {
  return WORDS[decision]
}

export function decisionStyle(decision: Decision): Style {
  return ['bold', STYLES[decision]]
}

/**
 * The answers with their reasons. What is denied to one identity of a person counts only when nothing else is answered:
 * the first denial is shown, of the others how many there are.
 */
export async function renderAsked(
  terminal: Terminal,
  estate: OpenEstate,
  asked: Asked,
  excerpts: boolean,
): Promise<void> {
  const [first, ...rest] = asked.answers
  const shown = [first, ...rest.filter(({ answer }) => answer.decision !== 'denied')]
  for (const [i, each] of shown.entries()) {
    if (i > 0) terminal.out('')
    await renderQuestion(terminal, estate, asked, each)
    await renderAnswer(terminal, estate, each.answer, excerpts)
  }
  const others = asked.answers.length - shown.length
  if (others > 0) {
    terminal.out(
      `\n${WORDS.denied} as ${count(others, 'other identity', 'other identities')} of ${visible(asked.named.name)}`,
    )
  }
}

/** Decision, principal, action, resource: a line each, so that long names stay whole. */
async function renderQuestion(
  terminal: Terminal,
  estate: OpenEstate,
  asked: Asked,
  { as, answer }: AskedAs,
): Promise<void> {
  const indent = ' '.repeat(HEAD)
  const nodes = await estate.nodes()
  const itself = as.id === asked.principal.id
  const who = itself ? as.name : asked.named.name
  const { decision } = answer
  terminal.block(padTo(WORDS[decision], HEAD), visible(who), undefined, decisionStyle(decision))
  const what = describeNode(nodes, as)
  terminal.block(indent, visible(itself ? what : `as ${as.name}, ${what}`), 'dim')
  terminal.block(indent, visible(asked.action))
  terminal.block(indent, visible(asked.resource))
}

async function renderAnswer(
  terminal: Terminal,
  estate: OpenEstate,
  answer: Answer,
  excerpts: boolean,
): Promise<void> {
  if (answer.decision === 'unknown') {
    for (const missing of answer.missing) terminal.block(label('missing'), visible(missing.says))
    const otherwise = WORDS[answer.otherwise].toLowerCase().replace('allowed if', 'allowed under conditions')
    terminal.block(label('otherwise'), `${otherwise}, if what is missing changes nothing`)
  }
  if ('conditions' in answer) {
    for (const condition of answer.conditions) terminal.block(label('if'), visible(condition.says))
  }
  const denied = answer.decision === 'denied'
  for (const [i, reason] of inOrder(answer).entries()) {
    const head =
      denied && i === 0
        ? 'decides'
        : !denied && reason.effect === 'deny'
          ? 'may deny'
          : EFFECTS[reason.effect]
    terminal.block(label(head), visible(`${reason.layer}: ${reason.says}`))
    if (reason.at === null) continue
    renderPlace(terminal, await estate.place(reason.at), ' '.repeat(HEAD), excerpts)
  }
}

/** Reasons with what decides a denial first: a statement that denies, else a layer that does not allow. */
function inOrder(answer: Answer): readonly Reason[] {
  if (answer.decision !== 'denied') return answer.because
  const rank: Readonly<Record<Reason['effect'], number>> = { deny: 0, none: 1, allow: 2 }
  return [...answer.because].sort((a, b) => rank[a.effect] - rank[b.effect])
}

function label(text: string): string {
  return padTo(`  ${text}`, HEAD)
}
