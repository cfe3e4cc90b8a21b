const QUOTE = 34
const BACKSLASH = 92
const OPEN_LIST = 91
const CLOSE_LIST = 93
const OPEN = 123
const CLOSE = 125
const COLON = 58
const COMMA = 44

/**
 * The texts of the values of a JSON object by their keys, found without parsing them, so that values that were seen
 * before need not be parsed again. `undefined` when the text is not such an object, or not a plain one (keys with
 * escapes, a key twice). The values themselves may still be no JSON: parsing them tells.
 */
export function fieldsOf(line: string): Map<string, string> | undefined {
  const fields = new Map<string, string>()
  let at = skipSpace(line, 0)
  if (line.charCodeAt(at) !== OPEN) return undefined
  at = skipSpace(line, at + 1)
  if (line.charCodeAt(at) === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
  while (line.charCodeAt(at) === QUOTE) {
    const close = line.indexOf('"', at + 1)
    const key = line.slice(at + 1, close)
    if (close < 0 || key.includes('\\') || fields.has(key)) return undefined
    at = skipSpace(line, close + 1)
    if (line.charCodeAt(at) !== COLON) return undefined
    at = skipSpace(line, at + 1)
    const end = endOfValue(line, at)
    if (end <= at) return undefined
    fields.set(key, line.slice(at, end))
    at = skipSpace(line, end)
    const next = line.charCodeAt(at)
    if (next === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
    if (next !== COMMA) return undefined
    at = skipSpace(line, at + 1)
  }
  return undefined
}

function skipSpace(line: string, from: number): number {
  let at = from
  for (
    let code = line.charCodeAt(at);
    code === 32 || code === 9 || code === 13;
    code = line.charCodeAt(++at)
  );
  return at
}

/** The place behind a value; -1 where it does not end. */
function endOfValue(line: string, from: number): number {
  const first = line.charCodeAt(from)
  if (first === QUOTE) return endOfString(line, from)
  if (first !== OPEN && first !== OPEN_LIST) return endOfWord(line, from)
  let depth = 0
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(line, at) - 1
      if (at < 0) return -1
    } else if (code === OPEN || code === OPEN_LIST) depth++
    else if ((code === CLOSE || code === CLOSE_LIST) && --depth === 0) return at + 1
  }
  return -1
}

function endOfString(line: string, from: number): number {
  let at = line.indexOf('"', from + 1)
  while (at > 0) {
    let slashes = at - 1
    while (line.charCodeAt(slashes) === BACKSLASH) slashes--
    if ((at - slashes) % 2 === 1) return at + 1
    at = line.indexOf('"', at + 1)
  }
  return -1
}

function endOfWord(line: string, from: number): number {
  let at = from
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === COMMA || code === CLOSE || code === CLOSE_LIST || code <= 32) break
  }
  return at
}
