import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { count, foldCommand } from '../../../app/cli/plain-text.ts'
import { columnsOf, wrapped } from '../../../graph/index.ts'
import { instantOf, limitOf, portOf } from '../../../app/cli/options.ts'
import { commandLine, quoted } from '../../../app/cli/hint.ts'

describe('breaking text into lines', () => {
  it('loses nothing and is never wider than it may be', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', '/', ':', '-', '漢', 'é'),
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(
        fc.array(word),
        fc.integer({ min: 10, max: 80 }),
        fc.integer({ min: 0, max: 5 }),
        (words, width, taken) => {
          const lines = wrapped(words.join(' '), width, taken)
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
          for (const [i, line] of lines.entries()) {
            expect(columnsOf(line)).toBeLessThanOrEqual(width - (i === 0 ? taken : 0))
          }
        },
      ),
    )
  })

  it('breaks at spaces, a long word behind a slash', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrapped('at demo/week-2/aws/accounts/gaad.json:12', 30)).toEqual([
      'at',
      'demo/week-2/aws/accounts/',
      'gaad.json:12',
    ])
    expect(wrapped('', 10)).toEqual([''])
  })

  it('counts columns as a terminal does', () => {
    expect(['abc', '漢字', 'é', 'e\u0301', '🙂', ''].map(columnsOf)).toEqual([3, 4, 1, 1, 2, 0])
  })
})

describe('folding a command', () => {
  const argumentsOf = (command: string) =>
    spawnSync('sh', ['-c', `show() { for word; do printf '[%s]' "$word"; done; }; show ${command}`], {
      encoding: 'utf8',
    }).stdout

  it.each([
    'aws iam delete-user-policy --user-name ana --policy-name inline --region eu-west-1 --profile administrator',
    `aws iam put-role-policy --policy-document '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]}' --role-name a`,
    String.raw`gcloud projects remove-iam-policy-binding x --condition="a == \"b c\" && d" --member=user:o\ brien@example.com --quiet`,
  ])('keeps what a shell reads of it: %s', (command) => {
    const folded = foldCommand(command, 40, '  ')
    expect(folded).toContain(' \\\n')
    expect(argumentsOf(folded)).toBe(argumentsOf(command))
    for (const line of folded.split('\n')) {
      // Longer is only what stands alone: one word, quoted or not.
      if (line.length > 40)
        expect(line.trim().replace(/ \\$/, '')).toMatch(/^(?:[^ '"]|\\ |'[^']*'|"(?:\\.|[^"])*")+$/)
    }
  })

  it('leaves what fits, and what has lines of its own', () => {
    expect(foldCommand('aws iam list-users', 40, '')).toBe('aws iam list-users')
    const script = `cat <<EOF\n${'long '.repeat(30)}\nEOF`
    expect(foldCommand(script, 40, '')).toBe(script)
  })
})

describe('words of the command line', () => {
  it('limits, ports and times are what they say or an error', () => {
    expect([limitOf('7'), limitOf('all')]).toEqual([7, Infinity])
    for (const bad of ['', '0', '-1', '1.5', '1e3', ' 7', 'some'])
      expect(() => limitOf(bad)).toThrow(/is no number of rows/)
    expect([portOf(undefined), portOf('8080')]).toEqual([0, 8080])
    for (const bad of ['-1', '65536', '0x50', 'http']) expect(() => portOf(bad)).toThrow(/is no port/)
    expect(instantOf('2026-11-16')).toBe('2026-11-16T00:00:00Z')
    expect(instantOf('2026-11-16T06:00:00.5+02:00')).toBe('2026-11-16T04:00:00Z')
    for (const bad of [
      '2026',
      '2026-02-30',
      '2026-02-30T00:00:00Z',
      'yesterday',
      '2026-11-16T25:00:00Z',
      '2026-11-16 06:00',
    ]) {
      expect(() => instantOf(bad)).toThrow(/is no time/)
    }
  })

  it('hints name the store, and quote what a shell would take apart', () => {
    expect(commandLine({ data: '.gomeisa' }, 'findings')).toBe('gomeisa findings')
    expect(commandLine({ data: 'my data' }, 'findings')).toBe(`gomeisa --data 'my data' findings`)
    expect(['arn:aws:s3:::a/*', `o'brien`, 'a@b.c', '$HOME'].map(quoted)).toEqual([
      `'arn:aws:s3:::a/*'`,
      String.raw`'o'\''brien'`,
      'a@b.c',
      `'$HOME'`,
    ])
  })

  it('numbers agree with their nouns', () => {
    expect([count(0, 'file'), count(1, 'file'), count(1203, 'entry', 'entries')]).toEqual([
      '0 files',
      '1 file',
      '1,203 entries',
    ])
  })
})
