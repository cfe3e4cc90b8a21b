/** A text of the cloud, such as a condition that is written over several lines, in one line for people. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
