/**
 * IAM's `extract`: the part of a text that stands for the one `{name}` of a template. What is before it in the template is
 * looked for first, what is behind it next after that; empty when either is not there. `undefined`: it is no template.
 * (IAM documentation, "Attribute reference for IAM Conditions", extract().)
 */
export function extract(text: string, template: string): string | undefined {
  const parts = /^([^{}]*)\{[^{}]*\}([^{}]*)$/.exec(template)
  if (parts === null) return undefined
  const [, before = '', after = ''] = parts
  const start = text.indexOf(before)
  if (start < 0) return ''
  const from = start + before.length
  if (after === '') return text.slice(from)
  const end = text.indexOf(after, from)
  return end < 0 ? '' : text.slice(from, end)
}
