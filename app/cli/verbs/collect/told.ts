import type { CollectProgress, ImportReport } from '../../../../collectors/index.ts'
import { grouped, type Json } from '../../../../graph/index.ts'
import { envelope } from '../../envelope.ts'
import { commandLine } from '../../hint.ts'
import { jsonText } from '../../json-text.ts'
import { count } from '../../plain-text.ts'
import { renderGaps } from '../../render-gaps.ts'
import { renderTaken } from '../../render-taken.ts'
import type { Terminal } from '../../terminal.ts'
import { EXIT, type ExitCode, type VerbContext } from '../../verb.ts'

/** What a finished collection says besides the report: `of` in words, `more` in JSON. */
export interface Told {
  readonly report: ImportReport
  readonly resumed: number
  readonly of: string
  readonly more: { readonly [name: string]: Json }
}

/** Prints a finished collection; exit code 4 when something was refused. */
export function tellCollected({ terminal, global }: VerbContext, told: Told): ExitCode {
  const { report, resumed, of, more } = told
  const { snapshot, taken, gaps } = report
  terminal.progressDone()
  if (resumed > 0) terminal.note(`went on with ${count(resumed, 'call')} that an earlier run had finished`)
  if (global.json) {
    terminal.out(jsonText(envelope('collect', snapshot, { ...more, resumed, taken, gaps })))
  } else {
    renderTaken(terminal, taken)
    if (gaps.length > 0) terminal.out(terminal.style('bold', 'what is not known'))
    renderGaps(terminal, gaps)
    terminal.out(`snapshot ${snapshot.id.slice(0, 12)} taken ${snapshot.takenAt}: ${of}`)
    terminal.note(`next: ${commandLine(global, 'analyze')}`)
  }
  return gaps.some(({ kind }) => kind !== 'not-collected') ? EXIT.partial : EXIT.ok
}

/** Prints a text that a person gives to the cloud: a role, a policy. */
export function tellText({ terminal }: VerbContext, text: string): ExitCode {
  terminal.out(text.trimEnd())
  return EXIT.ok
}

/** Prints the calls that a collection would make. */
export function tellPlan<Plan>(
  { terminal, global }: VerbContext,
  plan: Plan,
  render: (terminal: Terminal, plan: Plan) => void,
): ExitCode {
  if (global.json) terminal.out(jsonText(envelope('collect', null, { plan })))
  else render(terminal, plan)
  return EXIT.ok
}

/** `1,204 of 3,011 calls, about 4 min left`. */
export function progressInWords({ done, known, secondsLeft }: CollectProgress): string {
  const calls = `${grouped(done)} of ${count(known, 'call')}`
  if (secondsLeft === undefined) return calls
  const minutes = Math.ceil(secondsLeft / 60)
  const hours = `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  const left = secondsLeft < 60 ? 'less than 1 min' : `about ${minutes < 90 ? `${minutes} min` : hours}`
  return `${calls}, ${left} left`
}
