import type { Finding, Severity } from '../../../graph/index.ts'
import { GomeisaError, SEVERITIES } from '../../../graph/index.ts'
import { withEstate } from '../../estate/open-estate.ts'
import { envelope } from '../envelope.ts'
import type { Terminal } from '../terminal.ts'
import { count, printable, wrap } from '../terminal.ts'
import type { ExitCode, Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly failOn?: string
  readonly severity?: string
  readonly rule?: string
  readonly limit: string
}

export const findings: Verb = {
  configure(command, run) {
    command
      .option('--severity <level>', `only this severity and worse: ${SEVERITIES.join(', ')}`)
      .option('--rule <id>', 'only this rule (docs/findings.md)')
      .option('--fail-on <level>', 'exit code 3 when there is a finding of this severity or worse')
      .option('--limit <n>', 'findings shown', '30')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .addHelpText(
        'after',
        `
Examples:
  gomeisa findings
  gomeisa findings --rule public-access --json
  gomeisa findings --fail-on critical      # in a pipeline`,
      )
      .action((options: Options) =>
        run(({ terminal, global }) =>
          withEstate(global.data, options.snapshot, async (estate) => {
            const least = options.severity === undefined ? 0 : level(options.severity)
            const all = await estate.findings()
            const shown = all.filter(
              (finding) =>
                SEVERITIES.indexOf(finding.severity) >= least &&
                (options.rule === undefined || finding.rule === options.rule),
            )
            if (global.json) {
              terminal.out(
                JSON.stringify(
                  envelope('findings', estate.snapshot, { total: shown.length, findings: shown }),
                  null,
                  2,
                ),
              )
            } else render(terminal, shown, Number(options.limit))
            return failing(all, options.failOn)
          }),
        ),
      )
  },
}

/** Exit code 3 when a finding is at or above the level. */
export function failing(all: readonly Finding[], failOn: string | undefined): ExitCode {
  if (failOn === undefined) return EXIT.ok
  const least = level(failOn)
  return all.some((finding) => SEVERITIES.indexOf(finding.severity) >= least) ? EXIT.findings : EXIT.ok
}

/** The rank of a severity given on the command line; `USAGE` for any other word. */
function level(text: string): number {
  const rank = (SEVERITIES as readonly string[]).indexOf(text)
  if (rank >= 0) return rank
  throw new GomeisaError('USAGE', `\`${text}\` is no severity`, {
    remedy: `use one of ${SEVERITIES.join(', ')}`,
  })
}

const STYLES = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
} as const satisfies Readonly<Record<Severity, unknown>>

function render(terminal: Terminal, findings: readonly Finding[], limit: number): void {
  for (const finding of findings.slice(0, limit)) {
    const head = `${finding.severity.toUpperCase().padEnd(8)} `
    const text = wrap(printable(finding.says), terminal.width - head.length, ' '.repeat(head.length))
    terminal.out(`${terminal.style([...[STYLES[finding.severity]].flat()], head)}${text}`)
    const assumed = finding.confidence === 'assumed' ? ' · assumes what is missing changes nothing' : ''
    terminal.out(terminal.style('dim', `${' '.repeat(head.length)}${finding.rule} ${finding.id}${assumed}`))
  }
  if (findings.length > limit) terminal.out(`… and ${findings.length - limit} more (--limit)`)
  terminal.out(count(findings.length, 'finding'))
  if (findings.length > 0) terminal.note('gomeisa explain ID shows the proof and the patch')
}
