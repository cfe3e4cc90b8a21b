import { visible } from '../../../graph/index.ts'
import { missingFrom, NO_EVIDENCE, type Way } from '../../../policies/index.ts'
import type { Terminal } from '../terminal.ts'

/** `device: tpm, PIN or biometric, the phone`; nothing at all is a way too. */
export function wayInWords({ evidence }: Way): string {
  return missingFrom(NO_EVIDENCE, evidence).join(', ') || 'nothing'
}

/** One line for each way and, below it, the policies that make it one and whom they name. */
export function renderWays(terminal: Terminal, head: string, ways: readonly Way[]): void {
  for (const way of ways) {
    terminal.block(head, visible(wayInWords(way)))
    const routes = [...way.ask.map((whom) => `ask ${whom}`), ...way.notify.map((whom) => `${whom} is told`)]
    const detail = [`by ${way.because.join(', ')}`, ...routes].join('; ')
    terminal.block(' '.repeat(head.length), visible(detail), 'dim')
  }
}
