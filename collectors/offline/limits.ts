import { grouped } from '../../graph/index.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30

/** What one import may cost. Exports of the largest estates known stay well below; every limit can be raised. */
export interface ImportLimits {
  /** Bytes of one file after decompression. JSON text longer than 512 MiB does not fit a string of the runtime. */
  readonly fileBytes: number
  /** Bytes of an archive before decompression. */
  readonly archiveBytes: number
  /** Bytes of all files of an import after decompression. */
  readonly totalBytes: number
  /** Bytes of one line. Every export tool breaks lines; a longer one is hostile or was minified. */
  readonly lineBytes: number
  /** Files and archive entries of an import. */
  readonly files: number
  /** Levels of nested archives (`.json.gz` inside `.zip` is two). */
  readonly archiveDepth: number
  /** Levels of nested JSON lists and objects. */
  readonly jsonDepth: number
  /** Decompressed to compressed size from which an archive is a bomb, once it has given `bombBytes`. */
  readonly bombRatio: number
  readonly bombBytes: number
}

export const DEFAULT_LIMITS: ImportLimits = {
  fileBytes: 500 * MiB,
  archiveBytes: 2 * GiB - 1,
  totalBytes: 4 * GiB,
  lineBytes: 32 * MiB,
  files: 100_000,
  archiveDepth: 3,
  jsonDepth: 200,
  bombRatio: 200,
  bombBytes: 64 * MiB,
}

/** `50 MB`, for people. */
export function megabytes(bytes: number): string {
  return `${grouped(Math.ceil(bytes / 1_000_000))} MB`
}
