import { styleText } from 'node:util'
import { columnsOf, visible, wrapped } from '../../graph/index.ts'

/** A look, or several together. */
export type Style = Parameters<typeof styleText>[0]

/**
 * What a verb talks to: data goes to stdout, progress and remarks to stderr. Data that came from outside is handed over
 * `visible`, so that a name in an export cannot drive the terminal.
 */
export interface Terminal {
  /** Columns of stdout, 80 where it is no terminal. */
  readonly width: number
  out(text: string): void
  /** A text broken to the width: the first line behind `head`, the others behind as much space. */
  block(head: string, text: string, style?: Style, headStyle?: Style): void
  /** A remark of one line: warnings, next steps; made `visible` here. Silent with `--quiet`. */
  note(text: string): void
  /** One line that is overwritten by the next; only on a terminal, silent with `--quiet`. */
  progress(text: string): void
  /** Ends the progress line. */
  progressDone(): void
  /** Styled for stdout; the text itself when colours are off (no terminal, NO_COLOR, TERM=dumb). */
  style(style: Style, text: string): string
}

export interface TerminalOptions {
  readonly quiet: boolean
  readonly stdout?: NodeJS.WriteStream
  readonly stderr?: NodeJS.WriteStream
}

const NARROWEST = 60
const WIDEST = 120

export function openTerminal(options: TerminalOptions): Terminal {
  const stdout = options.stdout ?? process.stdout
  const stderr = options.stderr ?? process.stderr
  const live = stderr.isTTY && process.env['TERM'] !== 'dumb' && !options.quiet
  const width = Math.min(Math.max(stdout.isTTY ? stdout.columns : 80, NARROWEST), WIDEST)
  let open = false
  const clear = () => {
    if (open) stderr.write('\r\u001b[2K')
    open = false
  }
  const style = (style: Style, text: string) => styleText(style, text, { stream: stdout })
  const out = (text: string) => {
    clear()
    stdout.write(`${text}\n`)
  }
  return {
    width,
    out,
    block: (head, text, look, headLook) => {
      const room = columnsOf(head)
      const styled = headLook === undefined ? head : style(headLook, head)
      for (const [i, line] of wrapped(text, width - room).entries()) {
        out(`${i === 0 ? styled : ' '.repeat(room)}${look === undefined ? line : style(look, line)}`)
      }
    },
    note: (text) => {
      clear()
      if (!options.quiet) stderr.write(`${visible(text)}\n`)
    },
    progress: (text) => {
      if (!live) return
      clear()
      stderr.write(text.slice(0, (stderr.columns || 80) - 1))
      open = true
    },
    progressDone: clear,
    style,
  }
}
