import { CLOUDS, GomeisaError } from '../../graph/index.ts'
import type { ApiCloud, ApiSeverity } from './api.ts'

/** Longer than any ARN or Azure resource id, shorter than an attack. */
const LONGEST = 2048
const SEVERITIES: readonly ApiSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

function wrong(name: string, expected: string): GomeisaError {
  return new GomeisaError('USAGE', `\`${name}\` must be ${expected}`)
}

/** Reads the query parameters of one request; every method throws GomeisaError `USAGE` on a value that cannot be. */
export class QueryParams {
  readonly #params: URLSearchParams

  constructor(params: URLSearchParams) {
    this.#params = params
  }

  /** Trimmed; undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.#params.get(name)?.trim()
    if (value === undefined || value === '') return undefined
    if (value.length > LONGEST) throw wrong(name, `at most ${LONGEST} characters`)
    return value
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw wrong(name, 'given')
    return value
  }

  integer(
    name: string,
    bounds: { readonly least: number; readonly most: number; readonly fallback: number },
  ): number {
    const text = this.text(name)
    if (text === undefined) return bounds.fallback
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= bounds.least && value <= bounds.most)) {
      throw wrong(name, `a whole number from ${bounds.least} to ${bounds.most}`)
    }
    return value
  }

  /** Comma-separated; empty when absent. */
  severities(name: string): readonly ApiSeverity[] {
    const asked = this.text(name)?.split(',') ?? []
    return asked.map((one) => {
      const known = SEVERITIES.find((severity) => severity === one)
      if (known === undefined) throw wrong(name, `of ${SEVERITIES.join(', ')}`)
      return known
    })
  }

  cloud(name: string): ApiCloud | undefined {
    const asked = this.text(name)
    if (asked === undefined) return undefined
    const known = CLOUDS.find((cloud) => cloud === asked)
    if (known === undefined) throw wrong(name, `one of ${CLOUDS.join(', ')}`)
    return known
  }
}
