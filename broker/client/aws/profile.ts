import { GomeisaError } from '../../../graph/index.ts'

const BEGIN = (name: string) => `# gomeisa: profile ${name}, written by \`gomeisa setup\``
const END = (name: string) => `# gomeisa: end of profile ${name}`

/**
 * The text of `~/.aws/config` with a profile that asks `command` for credentials; the same text when it says so already. Only what lies
 * between our two marks is ever replaced. Throws `USAGE` where the profile stands there and is not ours.
 */
export function withProfile(config: string, name: string, command: string, region?: string): string {
  if (!/^[\w.@-]{1,64}$/.test(name) || /^default$/i.test(name)) {
    throw new GomeisaError('USAGE', `\`${name}\` cannot be the name of a profile`, {
      remedy: 'letters, digits and . _ @ -; not default',
    })
  }
  const lines = config.split('\n')
  const [from, to] = [lines.indexOf(BEGIN(name)), lines.indexOf(END(name))]
  const block = [
    BEGIN(name),
    `[profile ${name}]`,
    `credential_process = ${command}`,
    ...(region === undefined ? [] : [`region = ${region}`]),
    END(name),
  ]
  if (from >= 0 && to > from) return [...lines.slice(0, from), ...block, ...lines.slice(to + 1)].join('\n')
  if (lines.some((line) => headerOf(line) === name)) {
    throw new GomeisaError('USAGE', `there is a profile \`${name}\` that Gomeisa has not written`, {
      remedy: 'choose another name with --profile',
    })
  }
  const before = config === '' || config.endsWith('\n') ? config : `${config}\n`
  return `${before}${before === '' ? '' : '\n'}${block.join('\n')}\n`
}

const headerOf = (line: string): string | undefined =>
  /^\s*\[\s*profile\s+["']?([^\]"']+?)["']?\s*\]/.exec(line)?.[1]

/** A word of a command line as AWS SDKs split it: quoted where it holds more than plain characters. */
export function commandWord(word: string): string {
  if (/^[\w./:@=+,-]+$/.test(word)) return word
  if (/["\\$`\n\r]/.test(word)) {
    throw new GomeisaError('USAGE', 'a path with quotes, backslashes or line ends cannot stand in a profile')
  }
  return `"${word}"`
}
