import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { credentialConfiguration, projectOf } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import type { SetUp, SetUpOptions } from '../tool.ts'
import { writeFile } from '../written-file.ts'

/** Milliseconds that a library waits for the command: nobody is asked, but the broker is. */
const PATIENCE = 15_000
const MARK = '# written by `gomeisa setup`'
/** What stands in every command that is written here. */
const COMMAND = ' gcp credentials '
const REMEDY = 'check the permissions, or name another folder in CLOUDSDK_CONFIG'

/** Where gcloud has its configurations. */
const folder = (): string => process.env['CLOUDSDK_CONFIG'] ?? join(homedir(), '.config', 'gcloud')

/**
 * Writes a credential configuration for Google's libraries, and a configuration of gcloud that names it. Both are files of their own:
 * what is there under the same names and not ours stays, and is refused.
 */
export function setUpConfiguration(options: SetUpOptions): SetUp {
  const { grant, profile, region, home, live } = options
  if (live === undefined) throw new GomeisaError('INTERNAL', 'the grant was not asked for')
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(profile) || profile === 'default' || profile === 'none') {
    throw new GomeisaError('USAGE', `\`${profile}\` cannot be the name of a configuration of gcloud`, {
      remedy: 'small letters, digits and -; not default',
    })
  }
  const words = [process.execPath, process.argv[1] ?? 'gomeisa', 'gcp', 'credentials', grant]
  const command = [...words, ...(home === undefined ? [] : ['--home', resolve(home)])]
    .map(plainWord)
    .join(' ')
  const source = { executable: { command, timeout_millis: PATIENCE } }
  const [wanted, project] = [credentialConfiguration(live, source), projectOf(live)]
  const named = join(folder(), 'gomeisa', `${profile}.json`)
  const written = writeFile(named, onlyOurs(named, COMMAND, wanted), REMEDY)
  const sections = [
    MARK,
    '[auth]',
    `credential_file_override = ${written.file}`,
    ...(project === undefined ? [] : ['[core]', `project = ${project}`]),
    ...(region === undefined ? [] : ['[compute]', `region = ${region}`]),
  ]
  const gcloud = join(folder(), 'configurations', `config_${profile}`)
  const also = writeFile(gcloud, onlyOurs(gcloud, MARK, `${sections.join('\n')}\n`), REMEDY)
  // Without a project, libraries ask Resource Manager for it, which the grant need not allow.
  const inProject = project === undefined ? '' : ` GOOGLE_CLOUD_PROJECT=${project}`
  const use =
    `export GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1 GOOGLE_APPLICATION_CREDENTIALS=${written.file}` +
    `${inProject} CLOUDSDK_ACTIVE_CONFIG_NAME=${profile}`
  return { ...written, also: [also], use }
}

const onlyOurs =
  (file: string, mark: string, wanted: string) =>
  (before: string | undefined): string => {
    if (before === undefined || before.includes(mark)) return wanted
    throw new GomeisaError('USAGE', `\`${file}\` is there, and Gomeisa has not written it`, {
      remedy: 'choose another name with --profile',
    })
  }

/** Google's libraries split a command at spaces, and not all of them mind quotes. */
function plainWord(word: string): string {
  if (/^[\w./:@=+,-]+$/.test(word)) return word
  throw new GomeisaError('USAGE', `\`${word}\` cannot stand in a credential configuration`, {
    remedy: 'put Gomeisa and its folder where the path has plain characters only',
  })
}
