import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { SIMULATORS, type LineSimulator } from '../../../analyzer/index.ts'
import type { Place } from '../../../graph/index.ts'
import { GomeisaError, isCloud } from '../../../graph/index.ts'
import { renderError } from '../failure.ts'
import type { NumberedLine } from '../line-batches.ts'
import { lineBatches } from '../line-batches.ts'
import type { Terminal } from '../terminal.ts'
import type { ExitCode, Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

const CHUNK = 4 << 20

export const simulate: Verb = {
  configure(command, run) {
    command
      .argument('<cloud>', `${Object.keys(SIMULATORS).join(' or ')}: whose rules decide`)
      .argument('[file]', 'JSON Lines; standard input when left out')
      .addHelpText(
        'after',
        `
Each line is a request with every policy that has a say in it; each answer is a
line: allowed, conditional (with what must hold), denied-explicit,
denied-implicit or unknown, and why. No snapshot is needed or read. A line that
is no request is named on stderr, the others are answered, and the exit code is
2. docs/schema/simulate-aws-input.json describes a line.

Examples:
  gomeisa simulate aws requests.jsonl > answers.jsonl
  generate-requests | gomeisa simulate aws | grep -v '"decision":"allowed"'`,
      )
      .action((cloud: string, file: string | undefined) =>
        run(({ terminal }) => answerAll(simulatorOf(cloud), file, terminal)),
      )
  },
}

function simulatorOf(cloud: string): LineSimulator {
  const start = isCloud(cloud) ? SIMULATORS[cloud] : undefined
  if (start !== undefined) return start()
  throw new GomeisaError('USAGE', `there is no simulator of \`${cloud}\``, {
    remedy: `use ${Object.keys(SIMULATORS).join(' or ')}`,
  })
}

async function answerAll(
  simulator: LineSimulator,
  file: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const name = file ?? 'standard input'
  let code: ExitCode = EXIT.ok
  for await (const lines of lineBatches(bytesOf(file))) {
    const answers: string[] = []
    for (const line of lines) {
      try {
        answers.push(answerOne(simulator, line))
      } catch (error) {
        if (!(error instanceof GomeisaError)) throw error
        code = EXIT.usage
        process.stderr.write(`${renderError(at(error, { file: name, line: line.number }))}\n`)
      }
    }
    if (answers.length > 0) terminal.out(answers.join('\n'))
  }
  return code
}

function answerOne(simulator: LineSimulator, { bytes }: NumberedLine): string {
  if (isUtf8(bytes)) return simulator.answer(bytes)
  throw new GomeisaError('INPUT_ENCODING', 'the line is not valid UTF-8', {
    remedy: 'write the line as UTF-8',
  })
}

/** The same error, with the line it is about. */
function at(error: GomeisaError, place: Place): GomeisaError {
  const pointer = error.place?.pointer
  return new GomeisaError(error.code, error.message, {
    place: pointer === undefined || pointer === '' ? place : { ...place, pointer },
    ...(error.remedy !== undefined && { remedy: error.remedy }),
    cause: error,
  })
}

async function* bytesOf(file: string | undefined): AsyncGenerator<Buffer> {
  const stream = file === undefined ? process.stdin : createReadStream(file, { highWaterMark: CHUNK })
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file ?? 'standard input'}\` cannot be read`, {
      remedy: 'check the path and the permissions',
      cause: error,
    })
  }
}
