import type { Answer, Decision, Reason } from '../../graph/index.ts'
import type { OpenEstate } from '../estate/open-estate.ts'
import type { Terminal } from './terminal.ts'
import { printable, wrap } from './terminal.ts'

const WORDS: Readonly<Record<Decision, string>> = {
  allowed: 'ALLOWED',
  'allowed-if': 'ALLOWED IF',
  denied: 'DENIED',
  unknown: 'UNKNOWN',
}

const STYLES = { allowed: 'green', 'allowed-if': 'yellow', denied: 'red', unknown: 'magenta' } as const

/** The word for a decision, in its colour. */
export function decisionWord(terminal: Terminal, decision: Decision): string {
  return terminal.style(['bold', STYLES[decision]], WORDS[decision])
}

/** An answer with its conditions, what is missing, and every reason with file and line. */
export async function renderAnswer(
  terminal: Terminal,
  estate: OpenEstate,
  answer: Answer,
  excerpts: boolean,
): Promise<void> {
  const line = (head: string, text: string) => {
    terminal.out(
      `  ${head.padEnd(HEAD)} ${wrap(printable(text), terminal.width - HEAD - 3, ' '.repeat(HEAD + 3))}`,
    )
  }
  if (answer.decision === 'unknown') {
    line('otherwise', `${WORDS[answer.otherwise].toLowerCase()}, if what is missing changes nothing`)
    for (const missing of answer.missing) line('missing', missing.says)
  }
  if ('conditions' in answer) for (const condition of answer.conditions) line('if', condition.says)
  for (const reason of answer.because) await renderReason(terminal, estate, reason, excerpts, line)
}

const HEAD = 9

async function renderReason(
  terminal: Terminal,
  estate: OpenEstate,
  reason: Reason,
  excerpts: boolean,
  line: (head: string, text: string) => void,
): Promise<void> {
  line(reason.effect === 'none' ? '-' : reason.effect, `${reason.layer}: ${reason.says}`)
  if (reason.at === null) return
  const place = await estate.place(reason.at)
  const at = place.line === undefined ? place.pointer : `${place.line}`
  terminal.out(`  ${' '.repeat(HEAD)} ${terminal.style('dim', printable(`${place.origin}:${at}`))}`)
  if (!excerpts || place.excerpt === undefined) return
  for (const text of place.excerpt.split('\n')) {
    terminal.out(`  ${' '.repeat(HEAD)} ${terminal.style('dim', '│')} ${printable(text)}`)
  }
}
