import type { Command } from 'commander'
import { GomeisaError } from '../../graph/index.ts'
import { withObserved } from '../estate/observed-estate.ts'
import { withEstate, type OpenEstate } from '../estate/open-estate.ts'
import { quoted } from './hint.ts'
import { withSnapshot } from './options.ts'
import type { VerbContext } from './verb.ts'

/** Which estate a question is about. */
export interface EstateChoice {
  readonly snapshot?: string
  readonly from?: readonly string[]
}

/** Adds `--snapshot` and `--from`, which the verbs that ask about a principal, an action and a resource have. */
export function withEstateChoice(command: Command): Command {
  return withSnapshot(command).option(
    '--from <path>',
    'ask exports instead of the store, which is left alone; may be repeated',
    (path: string, known: readonly string[] | undefined) => [...(known ?? []), path],
  )
}

/** The choice of files as words of a next command. */
export function fromWords({ from = [] }: EstateChoice): readonly string[] {
  return from.flatMap((path) => ['--from', quoted(path)])
}

/** Hands the chosen estate to `work`: the store's, or what files say themselves. */
export function withAsked<T>(
  { global, terminal, now }: VerbContext,
  { snapshot, from }: EstateChoice,
  work: (estate: OpenEstate) => Promise<T>,
): Promise<T> {
  if (from === undefined) return withEstate(global.data, snapshot, work)
  if (snapshot !== undefined) {
    throw new GomeisaError('USAGE', '--snapshot is about the store and --from about files', {
      remedy: 'give one of them',
    })
  }
  const progress = (bytes: number) => {
    terminal.progress(`reading … ${Math.round(bytes / 1e6)} MB`)
  }
  return withObserved({ paths: from, now, progress }, (estate) => {
    terminal.progressDone()
    return work(estate)
  })
}
