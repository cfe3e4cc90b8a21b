import type { Listing } from '../../listing.ts'
import { filledText, record } from '../../record-shape.ts'

/** For answers that do not show their question: the parameters their wrapper must have. */
export function wrapped(about: string, ...parameters: readonly string[]): NonNullable<Listing['asked']> {
  const names = parameters.map((name) => `\`${name}\``).join(' and ')
  return {
    parameters: record(Object.fromEntries(parameters.map((name) => [name, filledText]))),
    says: `the answer does not say ${about}`,
    remedy: `wrap it as {"call", "parameters", "response"} with ${names} in its parameters (docs/import.md)`,
  }
}
