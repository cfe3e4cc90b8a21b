import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { SIMULATORS } from '../../../analyzer/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { renderError } from '../failure.ts'
import { simulateLines } from '../simulate-lines.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const simulate: Verb = {
  configure(command, run) {
    command
      .argument('<cloud>', `whose decision: ${[...SIMULATORS.keys()].join(', ')}`)
      .argument('[file]', 'JSON Lines; without it, or with `-`, stdin is read')
      .addHelpText(
        'after',
        `
One question a line in, one answer a line out, in the same order. A question
carries everything that decides: policies in the cloud’s own JSON, and what is
known of principal, resource and request. docs/simulate.md describes both.

A line that is no question is named on stderr with its number, the others are
answered; the exit code is 2 then. What is not known stays in the answer as a
residual condition: it is never taken for false.

Examples:
  gomeisa simulate azure questions.jsonl > answers.jsonl
  cat questions.jsonl | gomeisa simulate azure`,
      )
      .action((cloud: string, file: string | undefined) =>
        run(async () => {
          const simulation = [...SIMULATORS].find(([name]) => name === cloud)?.[1]
          if (simulation === undefined) {
            throw new GomeisaError('USAGE', `\`${cloud}\` is not a cloud that can be simulated`, {
              candidates: [...SIMULATORS.keys()],
              remedy: '`gomeisa simulate --help` tells more',
            })
          }
          const isStdin = file === undefined || file === '-'
          const input = isStdin ? process.stdin : createReadStream(file)
          const bad = await simulateLines(
            readable(input, file ?? '-'),
            isStdin ? 'stdin' : file,
            simulation,
            {
              out: async (text) => {
                if (!process.stdout.write(text) && !process.stdout.destroyed) await drained()
              },
              error: (error) => process.stderr.write(`${renderError(error)}\n`),
            },
          )
          return bad === 0 ? EXIT.ok : EXIT.usage
        }),
      )
  },
}

/** A reader that has gone never drains: then nothing waits any more. */
async function drained(): Promise<void> {
  await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined)
}

async function* readable(input: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  try {
    yield* input
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read: ${reason}`, {
      place: { file },
      remedy: 'check the path and the permissions',
      cause,
    })
  }
}
