import { join } from 'node:path'
import type { CollectOptions, ImportReport } from '../../../../collectors/index.ts'
import { GomeisaError, type Instant, openEmbeddedStore } from '../../../../graph/index.ts'
import type { ExitCode, VerbContext } from '../../verb.ts'
import { progressInWords, tellCollected, type Told } from './told.ts'

/** How a verb has its cloud collected, and what it says of it. */
interface Collection<Report extends ImportReport & { readonly resumed: number }> {
  readonly fresh: boolean | undefined
  readonly collect: (usual: CollectOptions) => Promise<Report>
  readonly tell: (report: Report) => Pick<Told, 'of' | 'more'>
}

/** Collects into the store of the data folder, says how far it is, and prints what was collected. */
export async function collecting<Report extends ImportReport & { readonly resumed: number }>(
  context: VerbContext,
  { fresh = false, collect, tell }: Collection<Report>,
): Promise<ExitCode> {
  const { terminal, global, now } = context
  const store = openEmbeddedStore(global.data)
  try {
    const report = await collect({
      store,
      work: join(global.data, 'collect'),
      now: now.toISOString().replace(/\.\d+Z$/, 'Z') as Instant,
      fresh,
      progress: (progress) => {
        terminal.progress(`reading … ${progressInWords(progress)}`)
      },
    })
    return tellCollected(context, { report, resumed: report.resumed, ...tell(report) })
  } finally {
    await store.close()
  }
}

/** An option that cannot be: exit code 2. */
export function usage(message: string, remedy: string): GomeisaError {
  return new GomeisaError('USAGE', message, { remedy })
}

/** An address instead of a cloud's own. Credentials go there, so nothing but https: else throws `USAGE`. `name`: where it was given. */
export function secureAddress(text: string, name: string, remedy: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:') return url
  throw usage(`${name} is no https address`, remedy)
}
