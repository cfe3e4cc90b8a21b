/** `*` any run, `?` one character: tried in the plainest way that there is. */
export function like(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  const [head, rest] = [pattern[0], pattern.slice(1)]
  if (head === '*') return like(rest, text) || (text !== '' && like(pattern, text.slice(1)))
  return text !== '' && (head === '?' || head === text[0]) && like(rest, text.slice(1))
}
