import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { commandWord, withProfile } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import type { SetUp, SetUpOptions } from '../tool.ts'

/** Where the tools of AWS have their profiles. */
export const configFile = (): string => process.env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config')

/** Writes a profile into the configuration file of AWS tools: `AWS_CONFIG_FILE`, else `~/.aws/config`. What is there already stays. */
export function setUpProfile({ grant, profile, region, home }: SetUpOptions): SetUp {
  const named = configFile()
  // Where the file is a link, what it leads to is written, and the link stays.
  const file = existsSync(named) ? realpathSync(named) : named
  const words = [process.execPath, process.argv[1] ?? 'gomeisa', 'aws', 'credentials', grant]
  const where = home === undefined ? [] : ['--home', resolve(home)]
  const command = [...words, ...where].map(commandWord).join(' ')
  const use = `aws --profile ${profile} sts get-caller-identity`
  try {
    const there = existsSync(file)
    const before = there ? readFileSync(file, 'utf8') : ''
    const after = withProfile(before, profile, command, region)
    if (after === before) return { file, changed: false, backup: undefined, use }
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const mode = there ? statSync(file).mode & 0o777 : 0o600
    const backup = there ? `${file}.before-gomeisa-${Date.now()}` : undefined
    if (backup !== undefined) copyFileSync(file, backup)
    const aside = `${file}.${process.pid}`
    writeFileSync(aside, after, { mode })
    chmodSync(aside, mode)
    renameSync(aside, file)
    return { file, changed: true, backup, use }
  } catch (cause) {
    if (cause instanceof GomeisaError) throw cause
    throw new GomeisaError('OUTPUT_UNWRITABLE', `\`${file}\` cannot be changed`, {
      remedy: 'check the permissions, or name another file in AWS_CONFIG_FILE',
      cause,
    })
  }
}
