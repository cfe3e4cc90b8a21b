import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { random } from './random.ts'

/** Writes files of a synthetic estate and draws what is in them; the same seed gives the same bytes. */
export class EstateFiles {
  written = 0
  private readonly folder: string
  private readonly next: () => number

  constructor(folder: string, seed: number) {
    this.folder = folder
    this.next = random(seed)
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  chance(part: number): boolean {
    return this.next() < part
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  json(path: string, value: unknown): void {
    this.write(path, JSON.stringify(value))
  }

  lines(path: string, values: readonly unknown[]): void {
    this.write(path, `${values.map((value) => JSON.stringify(value)).join('\n')}\n`)
  }

  private write(path: string, text: string): void {
    const file = join(this.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    this.written += Buffer.byteLength(text)
  }
}

/** A list from the numbers below `length`. */
export function listOf<T>(length: number, make: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => make(i))
}
