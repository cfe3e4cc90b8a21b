import { GomeisaError } from '../../../../graph/index.ts'

/**
 * Regular expressions of CEL's `matches` (RE2 syntax): literals, `.`, classes, groups, alternatives, repetition, anchors.
 * Run as a set of states side by side, so that time is linear in the text for any pattern. Whatever else a pattern uses
 * makes it `undefined`: not supported, never wrong.
 */
export function matchesRe2(pattern: string, text: string): boolean | undefined {
  let program = PROGRAMS.get(pattern)
  if (program === undefined) {
    program = compile(pattern)
    if (PROGRAMS.size >= 1_000) PROGRAMS.clear()
    PROGRAMS.set(pattern, program)
  }
  return program === null ? undefined : run(program, Array.from(text))
}

type Step =
  | { readonly do: 'char'; readonly test: (c: string) => boolean }
  | { readonly do: 'fork'; readonly to: number[] }
  | { readonly do: 'start' | 'end' | 'done' }

type Node =
  | { readonly is: 'char'; readonly test: (c: string) => boolean }
  | { readonly is: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly is: 'repeat'; readonly of: Node; readonly least: number; readonly most: number }
  | { readonly is: 'start' | 'end' }

const PROGRAMS = new Map<string, readonly Step[] | null>()
const MOST_STEPS = 5_000
const MOST_REPEATS = 1_000

function compile(pattern: string): readonly Step[] | null {
  try {
    const steps: Step[] = []
    emit(new Reader(pattern).whole(), steps)
    steps.push({ do: 'done' })
    return steps
  } catch (error) {
    if (error instanceof GomeisaError) return null
    throw error
  }
}

function unsupported(): never {
  throw new GomeisaError('INPUT_SYNTAX', 'the pattern is not supported')
}

function emit(node: Node, steps: Step[]): void {
  if (steps.length > MOST_STEPS) unsupported()
  switch (node.is) {
    case 'char':
      steps.push({ do: 'char', test: node.test })
      return
    case 'start':
    case 'end':
      steps.push({ do: node.is })
      return
    case 'all':
      for (const each of node.of) emit(each, steps)
      return
    case 'any': {
      const fork: number[] = []
      const ends: number[][] = []
      steps.push({ do: 'fork', to: fork })
      for (const each of node.of) {
        fork.push(steps.length)
        emit(each, steps)
        const end: number[] = []
        ends.push(end)
        steps.push({ do: 'fork', to: end })
      }
      for (const end of ends) end.push(steps.length)
      return
    }
    case 'repeat': {
      for (let i = 0; i < node.least; i++) emit(node.of, steps)
      if (node.most === Infinity) {
        const at = steps.length
        const fork = [at + 1]
        steps.push({ do: 'fork', to: fork })
        emit(node.of, steps)
        steps.push({ do: 'fork', to: [at] })
        fork.push(steps.length)
        return
      }
      const forks: number[][] = []
      for (let i = node.least; i < node.most; i++) {
        const fork = [steps.length + 1]
        forks.push(fork)
        steps.push({ do: 'fork', to: fork })
        emit(node.of, steps)
      }
      for (const fork of forks) fork.push(steps.length)
    }
  }
}

function run(steps: readonly Step[], text: readonly string[]): boolean {
  let states = new Set<number>()
  const enter = (into: Set<number>, first: number, at: number): boolean => {
    const open = [first]
    for (let s = open.pop(); s !== undefined; s = open.pop()) {
      if (into.has(s)) continue
      into.add(s)
      const step = steps[s]
      if (step === undefined) continue
      if (step.do === 'done') return true
      if (step.do === 'fork') open.push(...step.to)
      if ((step.do === 'start' && at === 0) || (step.do === 'end' && at === text.length)) open.push(s + 1)
    }
    return false
  }
  for (let at = 0; at <= text.length; at++) {
    if (enter(states, 0, at)) return true
    const c = text[at]
    if (c === undefined) return false
    const next = new Set<number>()
    for (const s of states) {
      const step = steps[s]
      if (step?.do === 'char' && step.test(c) && enter(next, s + 1, at + 1)) return true
    }
    states = next
  }
  return false
}

const CLASSES: ReadonlyMap<string, (c: string) => boolean> = new Map([
  ['d', (c: string) => c >= '0' && c <= '9'],
  ['w', (c: string) => /^[0-9A-Za-z_]$/.test(c)],
  ['s', (c: string) => /^[\t\n\f\r ]$/.test(c)],
])
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
])

class Reader {
  private readonly text: readonly string[]
  private at = 0
  private depth = 0

  constructor(pattern: string) {
    this.text = Array.from(pattern)
  }

  whole(): Node {
    const node = this.any()
    if (this.at < this.text.length) unsupported()
    return node
  }

  private any(): Node {
    if (++this.depth > 50) unsupported()
    const of = [this.all()]
    while (this.take('|')) of.push(this.all())
    this.depth--
    const [only] = of
    return of.length === 1 && only !== undefined ? only : { is: 'any', of }
  }

  private all(): Node {
    const of: Node[] = []
    for (let c = this.text[this.at]; c !== undefined && c !== '|' && c !== ')'; c = this.text[this.at]) {
      of.push(this.repeated(this.one()))
    }
    return { is: 'all', of }
  }

  private one(): Node {
    const c = this.text[this.at++] ?? unsupported()
    if (c === '^') return { is: 'start' }
    if (c === '$') return { is: 'end' }
    if (c === '.') return { is: 'char', test: (x) => x !== '\n' }
    if (c === '[') return { is: 'char', test: this.set() }
    if (c === '\\') return { is: 'char', test: this.escape() }
    if ('*+?{'.includes(c)) unsupported()
    if (c !== '(') return { is: 'char', test: (x) => x === c }
    if (this.take('?') && !this.take(':')) unsupported()
    const inner = this.any()
    if (!this.take(')')) unsupported()
    return inner
  }

  private repeated(node: Node): Node {
    const c = this.text[this.at]
    let range: readonly [number, number] | undefined
    if (c === '*') range = [0, Infinity]
    else if (c === '+') range = [1, Infinity]
    else if (c === '?') range = [0, 1]
    if (range !== undefined) this.at++
    else if (c === '{') range = this.counts()
    if (range === undefined) return node
    // A lazy repetition matches the same texts; a second repetition is an error of RE2.
    this.take('?')
    if ('*+?{'.includes(this.text[this.at] ?? ' ')) unsupported()
    return { is: 'repeat', of: node, least: range[0], most: range[1] }
  }

  private counts(): readonly [number, number] {
    const end = this.text.indexOf('}', this.at)
    const counts = /^\{(\d{1,4})(,(\d{0,4}))?$/.exec(
      this.text.slice(this.at, end < 0 ? this.at : end).join(''),
    )
    if (counts === null) return unsupported()
    this.at = end + 1
    const least = Number(counts[1])
    const most = counts[2] === undefined ? least : counts[3] === '' ? Infinity : Number(counts[3])
    if (least > MOST_REPEATS || (most !== Infinity && (most > MOST_REPEATS || most < least))) unsupported()
    return [least, most]
  }

  private escape(): (c: string) => boolean {
    const c = this.text[this.at++] ?? unsupported()
    const set = CLASSES.get(c.toLowerCase())
    if (set !== undefined) return c === c.toLowerCase() ? set : (x) => !set(x)
    const control = CONTROLS.get(c)
    if (control === undefined && /[0-9A-Za-z]/.test(c)) unsupported()
    return (x) => x === (control ?? c)
  }

  private set(): (c: string) => boolean {
    const negated = this.take('^')
    const tests: ((c: string) => boolean)[] = []
    for (let first = true; ; first = false) {
      const c = this.text[this.at++] ?? unsupported()
      if (c === ']' && !first) break
      if (c === '[' && this.text[this.at] === ':') unsupported()
      if (c === '\\') {
        tests.push(this.escape())
        continue
      }
      const to = this.text[this.at + 1]
      if (this.text[this.at] === '-' && to !== undefined && to !== ']') {
        if (to === '\\' || to === '[') unsupported()
        this.at += 2
        const [low, high] = [c.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]
        if (high < low) unsupported()
        tests.push((x) => (x.codePointAt(0) ?? 0) >= low && (x.codePointAt(0) ?? 0) <= high)
      } else tests.push((x) => x === c)
    }
    return (x) => tests.some((test) => test(x)) !== negated
  }

  private take(c: string): boolean {
    if (this.text[this.at] !== c) return false
    this.at++
    return true
  }
}
