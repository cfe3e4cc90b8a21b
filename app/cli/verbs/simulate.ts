import { createReadStream } from 'node:fs'
import { simulatorOf } from '../../../analyzer/index.ts'
import { CLOUD_TITLES, CLOUDS, GomeisaError, isCloud } from '../../../graph/index.ts'
import { renderError } from '../failure.ts'
import { AnsweringThreads } from '../simulate/answering.ts'
import { simulateLines } from '../simulate/simulate-lines.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const simulate: Verb = {
  configure(command, run) {
    command
      .argument('<cloud>', CLOUDS.join(', '))
      .argument('[file...]', 'JSON Lines files; - or none: standard input')
      .addHelpText('after', helpText())
      .action((word: string, files: readonly string[]) =>
        run(async ({ terminal }) => {
          if (!isCloud(word)) {
            throw new GomeisaError('USAGE', `\`${word}\` is no cloud whose decisions can be simulated`, {
              remedy: `use one of ${CLOUDS.join(', ')}`,
            })
          }
          const answering = new AnsweringThreads(word, await simulatorOf(word))
          let bad = 0
          const out = {
            answers: (lines: string) => {
              terminal.out(lines)
            },
            bad: (error: GomeisaError) => {
              bad++
              process.stderr.write(`${renderError(error)}\n`)
            },
          }
          try {
            for (const file of files.length === 0 ? ['-'] : files) {
              if (file === '-') await simulateLines(process.stdin, '<stdin>', answering, out)
              else await simulateLines(createReadStream(file, { highWaterMark: CHUNK }), file, answering, out)
            }
          } finally {
            await answering.close()
          }
          if (bad > 0) terminal.note(bad === 1 ? '1 line is no request' : `${bad} lines are no requests`)
          return bad > 0 ? EXIT.usage : EXIT.ok
        }),
      )
  },
}

/** Bytes read at once: a block of lines is answered with one write. */
const CHUNK = 4 << 20

function helpText(): string {
  const [first] = CLOUDS
  const titles = CLOUDS.map((cloud) => CLOUD_TITLES[cloud]).join(', ')
  return `
Every line is a request with its principal, action, resource and all the
policies it is decided by, in the cloud's own JSON (docs/simulate.md); every
answer is a line: allowed, conditional with what must hold, denied, or unknown
with what is missing. Nothing is looked up anywhere. Clouds: ${titles}.
A line that is no request is told on stderr with its number, the others are
answered, and the exit code is 2.

Examples:
  gomeisa simulate ${first} requests.jsonl > answers.jsonl
  generate-requests | gomeisa simulate ${first} | jq -r .decision | sort | uniq -c`
}
