/** Characters of keys that a cache holds before it starts anew. */
const FULL = 32e6

/** What was made of a text, kept for the next time that it comes. */
export class TextCache<T> {
  private readonly made = new Map<string, T>()
  private held = 0

  get(text: string, make: (text: string) => T): T {
    const known = this.made.get(text)
    if (known !== undefined) return known
    const value = make(text)
    this.held += text.length
    if (this.held > FULL) {
      this.made.clear()
      this.held = text.length
    }
    // A part of a long text keeps the whole in memory; a copy does not.
    this.made.set(Buffer.from(text).toString(), value)
    return value
  }
}
