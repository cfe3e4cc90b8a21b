/**
 * `gomeisa findings | head -1`: when the reader has gone, what is left to write is dropped, and the command ends with the
 * exit code it would have had. Any other failure to write ends it with exit code 1.
 */
export function endQuietlyWhenNobodyReads(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`error OUTPUT_UNWRITABLE: the answer cannot be written: ${error.message}\n`)
    process.exit(1)
  })
}
