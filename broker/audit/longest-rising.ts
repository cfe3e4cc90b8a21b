/** The longest strictly rising subsequence of the numbers; O(n log n) (patience sorting). */
export function longestRising(numbers: readonly number[]): number[] {
  const tails: number[] = []
  const before: (number | undefined)[] = []
  for (const [at, value] of numbers.entries()) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const tail = tails[middle]
      if (tail !== undefined && (numbers[tail] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    before[at] = low === 0 ? undefined : tails[low - 1]
    tails[low] = at
  }
  const rising: number[] = []
  for (let at = tails.at(-1); at !== undefined; at = before[at]) rising.push(numbers[at] ?? 0)
  return rising.reverse()
}
