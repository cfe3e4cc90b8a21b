/** The thing itself; a demo that refers to something it does not have is a mistake of its author. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new RangeError(`the demo estate has no ${what}`)
  return thing
}
