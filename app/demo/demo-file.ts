/** One file of the demo export: where it lies in the tree and what is in it. */
export type DemoFile = {
  /** Path inside the export tree, with `/`; never absolute. */
  readonly path: string
  readonly bytes: string | Uint8Array
}

/** Which of the two snapshots: 2 is one week after 1. */
export type Week = 1 | 2

/** A file as `aws … --output json` prints it (four spaces). */
export function awsJson(path: string, value: unknown): DemoFile {
  return { path, bytes: `${JSON.stringify(value, null, 4)}\n` }
}

/** A file as `gcloud … --format=json` and `az …` print it (two spaces). */
export function json(path: string, value: unknown): DemoFile {
  return { path, bytes: `${JSON.stringify(value, null, 2)}\n` }
}

/** JSON Lines: one value a line. */
export function jsonLines(path: string, rows: readonly unknown[]): DemoFile {
  return { path, bytes: rows.map((row) => `${JSON.stringify(row)}\n`).join('') }
}

/** Text as a command printed it. */
export function text(path: string, lines: readonly string[]): DemoFile {
  return { path, bytes: lines.map((line) => `${line}\n`).join('') }
}
