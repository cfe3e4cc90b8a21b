/** A member of an error of a library, whose types are not known; undefined when there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}

/** The code of an error without what a hostile answer could write to a terminal or a file with it. */
export function plainCode(code: string): string {
  return code.replace(/[^\w.:-]/g, '').slice(0, 80)
}
