import { readFileSync } from 'node:fs'
import { AZURE_FORMATS } from '../../../collectors/offline/formats/azure/index.ts'
import { GCP_FORMATS } from '../../../collectors/offline/formats/gcp/index.ts'
import type { Document, Format } from '../../../collectors/offline/format.ts'
import type { Json } from '../../../graph/index.ts'

export const FORMATS: readonly Format[] = [...GCP_FORMATS, ...AZURE_FORMATS]

const folder = new URL('../../golden/import/', import.meta.url)

export function readGolden(path: string): Json {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Json
}

/** A file of test/golden/import as the core would parse it. */
export function readDocument(path: string): Document {
  if (!path.endsWith('.jsonl')) return { format: 'json', root: readGolden(path) }
  const lines = readFileSync(new URL(path, folder), 'utf8').split('\n')
  return {
    format: 'jsonl',
    lines: lines.map((line) => (line.trim() === '' ? undefined : (JSON.parse(line) as Json))),
  }
}

/** The document with the value at a pointer replaced, as if the exporter had written it so. */
export function withValue(document: Document, pointer: string, value: Json): Document {
  const steps = pointer.slice(1).split('/')
  if (document.format === 'json') return { format: 'json', root: put(document.root, steps, value) }
  if (document.format === 'csv') return document
  const [line = '', ...rest] = steps
  return {
    format: 'jsonl',
    lines: document.lines.map((each, i) =>
      i === Number(line) && each !== undefined ? put(each, rest, value) : each,
    ),
  }
}

function put(root: Json, steps: readonly string[], value: Json): Json {
  const [step, ...rest] = steps
  if (step === undefined) return value
  const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(root)) return root.map((item, i) => (i === Number(key) ? put(item, rest, value) : item))
  const object = root as { readonly [key: string]: Json }
  return { ...object, [key]: put(object[key] ?? null, rest, value) }
}
