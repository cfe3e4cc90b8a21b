import { createHash } from 'node:crypto'
import { canonicalJson, type Json, type JsonObject } from '../../graph/index.ts'
import type { PolicyFile } from '../../policies/index.ts'

export interface Configuration {
  readonly catalogue: Json
  readonly connectors: Json | undefined
  readonly policies: readonly PolicyFile[]
}

/**
 * What a broker goes by, as SHA-256 in hexadecimal digits: of each JSON file in its canonical form (RFC 8785), of the texts
 * of the policies in the order of their paths. Whoever keeps the files can tell which were in force.
 */
export function digests({ catalogue, connectors, policies }: Configuration): JsonObject {
  const texts = [...policies].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ text }) => text)
  return {
    catalogue: sha256(canonicalJson(catalogue)),
    connectors: connectors === undefined ? null : sha256(canonicalJson(connectors)),
    policies: sha256(canonicalJson(texts)),
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
