import { GomeisaError, grouped } from '../../../graph/index.ts'
import { type ImportLimits, megabytes } from '../limits.ts'

/** Counts what an import has taken so far, and stops it at its limits with `INPUT_TOO_LARGE`. */
export class Budget {
  readonly limits: ImportLimits
  private files = 0
  private bytes = 0

  constructor(limits: ImportLimits) {
    this.limits = limits
  }

  file(origin: string): void {
    if (++this.files > this.limits.files) {
      throw tooLarge(origin, `more than ${grouped(this.limits.files)} files`, 'import fewer folders at once')
    }
  }

  read(origin: string, bytes: number): void {
    this.bytes += bytes
    if (this.bytes > this.limits.totalBytes) {
      throw tooLarge(
        origin,
        `the files of this import have more than ${megabytes(this.limits.totalBytes)} together`,
        'import fewer files at once',
      )
    }
  }

  /** Checks what one compressed stream has given so far, before it gives more. */
  expanded(origin: string, compressed: number, expanded: number): void {
    const { fileBytes, bombBytes, bombRatio } = this.limits
    if (expanded > bombBytes && expanded > compressed * bombRatio) {
      throw tooLarge(
        origin,
        `it expands more than ${bombRatio}-fold, to ${megabytes(expanded)} and more`,
        'this is no genuine export: find out where the file comes from',
      )
    }
    if (this.bytes + expanded > this.limits.totalBytes) this.read(origin, expanded)
    if (expanded > Math.max(fileBytes, this.limits.archiveBytes))
      throw fileTooLarge(origin, expanded, this.limits)
  }
}

export function fileTooLarge(origin: string, bytes: number, limits: ImportLimits): GomeisaError {
  return tooLarge(
    origin,
    `it has ${megabytes(bytes)} or more, one file may have ${megabytes(limits.fileBytes)}`,
    'split it: JSON Lines by lines (`split -C 400m FILE`), other exports by account, project or subscription',
  )
}

function tooLarge(origin: string, what: string, remedy: string): GomeisaError {
  return new GomeisaError('INPUT_TOO_LARGE', `\`${origin}\` is too large: ${what}`, {
    place: { file: origin },
    remedy,
  })
}
