import { Command, CommanderError } from 'commander'
import { packageVersion } from '../package-root.ts'

/** Runs one command line and returns the exit code; the launcher sets it. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('gomeisa')
    .description('Who can really do what in AWS, GCP and Azure, and how an attacker would use it.')
    .version(packageVersion())
    .exitOverride()
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    throw error
  }
}
