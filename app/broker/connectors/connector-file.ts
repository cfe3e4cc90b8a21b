import { Fields, readCatalogue, type Entitlement } from '../../../policies/index.ts'
import { GomeisaError, type Json } from '../../../graph/index.ts'
import type { ConnectorRegistry, IdTokens } from '../../../broker/index.ts'
import { connectorsOf, type ConfiguredConnector } from './connector-list.ts'
import { CONNECTED } from './registry.ts'

export interface JsonFile {
  readonly json: Json
  /** For messages. */
  readonly file: string
}

const FORM = 'docs/connectors.md'

/**
 * The connectors of `broker run --connectors FILE` (docs/connectors.md): one section a cloud. Each entry names an entitlement of the
 * catalogue, and each entitlement stands in one entry at most. `idTokens`: for connectors that give access by tokens of the broker.
 * Throws `INPUT_SHAPE` or `INPUT_DUPLICATE` with file and field.
 */
export async function readConnectors(
  given: JsonFile,
  catalogue: JsonFile,
  now: () => number,
  idTokens?: IdTokens,
): Promise<ConnectorRegistry> {
  const { file } = given
  const from = new Fields(given.json, file, '', FORM)
  from.only(CONNECTED.map(({ section }) => section))
  const known = new Map(
    readCatalogue(catalogue.json, catalogue.file).entitlements.map((each) => [each.id, each]),
  )
  const taken = new Set<string>()
  const entitlement = (entry: Fields): Entitlement => {
    const id = entry.string('id')
    const found = known.get(id)
    if (found === undefined)
      return entry.wrong('id', `the id of an entitlement of ${catalogue.file}, which has no \`${id}\``)
    if (taken.has(id)) {
      throw new GomeisaError('INPUT_DUPLICATE', `two connectors would give \`${id}\``, {
        place: { file },
        remedy: 'leave it in one of them',
      })
    }
    taken.add(id)
    return found
  }
  const all: ConfiguredConnector[] = []
  for (const { section, configured } of CONNECTED) {
    if (!from.has(section)) continue
    try {
      all.push(...(await configured({ from: from.object(section), entitlement, now, idTokens })))
    } catch (error) {
      throw placed(error, file)
    }
  }
  return connectorsOf(all)
}

/** What a connector refuses knows its entitlement, and not the file. */
function placed(error: unknown, file: string): unknown {
  if (!(error instanceof GomeisaError) || error.place !== undefined) return error
  return new GomeisaError(error.code, error.message, {
    place: { file },
    remedy: error.remedy ?? `the form is in ${FORM}`,
    cause: error,
  })
}
