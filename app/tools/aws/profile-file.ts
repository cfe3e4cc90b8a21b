import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { commandWord, withProfile } from '../../../broker/index.ts'
import type { SetUp, SetUpOptions } from '../tool.ts'
import { writeFile } from '../written-file.ts'

/** Where the tools of AWS have their profiles. */
export const configFile = (): string => process.env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config')

/** Writes a profile into the configuration file of AWS tools: `AWS_CONFIG_FILE`, else `~/.aws/config`. What is there already stays. */
export function setUpProfile({ grant, profile, region, home }: SetUpOptions): SetUp {
  const words = [process.execPath, process.argv[1] ?? 'gomeisa', 'aws', 'credentials', grant]
  const where = home === undefined ? [] : ['--home', resolve(home)]
  const command = [...words, ...where].map(commandWord).join(' ')
  const use = `aws --profile ${profile} sts get-caller-identity`
  const remedy = 'check the permissions, or name another file in AWS_CONFIG_FILE'
  const change = (before = '') => withProfile(before, profile, command, region)
  return { ...writeFile(configFile(), change, remedy), also: [], use }
}
