import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/**
 * What a verb talks to: data goes to stdout, progress and remarks to stderr. Text that came from outside is cleaned of
 * control characters before it is written, so that a name in an export cannot drive the terminal.
 */
export interface Terminal {
  /** Columns of stdout, 80 where it is no terminal. */
  readonly width: number
  out(text: string): void
  /** A remark: warnings, next steps. Silent with `--quiet`. */
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

export function openTerminal(options: TerminalOptions): Terminal {
  const stdout = options.stdout ?? process.stdout
  const stderr = options.stderr ?? process.stderr
  const live = stderr.isTTY && process.env['TERM'] !== 'dumb' && !options.quiet
  let open = false
  const clear = () => {
    if (open) stderr.write('\r\u001b[2K')
    open = false
  }
  return {
    width: Math.min(Math.max(stdout.isTTY ? stdout.columns : 80, 60), 120),
    out: (text) => {
      clear()
      stdout.write(`${text}\n`)
    },
    note: (text) => {
      clear()
      if (!options.quiet) stderr.write(`${text}\n`)
    },
    progress: (text) => {
      if (!live) return
      clear()
      stderr.write(text.slice(0, (stderr.columns || 80) - 1))
      open = true
    },
    progressDone: clear,
    style: (style, text) => styleText(style, text, { stream: stdout }),
  }
}

/** Control characters (C0, C1, line and paragraph separators, bidirectional overrides) shown as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(CONTROL, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Breaks a text at spaces into lines of at most `width` columns; a longer word stands alone. `indent` precedes every line but the first. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`
    const room = width - (lines.length === 0 ? 0 : indent.length)
    if (next.length > room && line !== '') {
      lines.push(line)
      line = word
    } else line = next
  }
  lines.push(line)
  return lines.join(`\n${indent}`)
}

/** Shortens the middle of a text to `width` columns: the ends of ARNs and paths tell most. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text
  const tail = Math.ceil((width - 1) * 0.6)
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`
}

/** `1 user`, `1,203 users`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}
