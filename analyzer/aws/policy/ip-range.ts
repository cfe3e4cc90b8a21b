/** An address as eight (IPv6) or two (IPv4) numbers of 16 bits. */
type Address = readonly number[]

/** A range of addresses in CIDR form. */
export interface IpRange {
  readonly address: Address
  readonly bits: number
}

/**
 * A range or a single address; `undefined` for any other text. Without a prefix it is one address: `/32`, for IPv6 `/128`.
 * Bits behind the prefix do not count. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function ipRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const address = addressOf(slash < 0 ? text : text.slice(0, slash))
  if (address === undefined) return undefined
  const longest = address.length * 16
  if (slash < 0) return { address, bits: longest }
  const prefix = text.slice(slash + 1)
  const bits = Number(prefix)
  return /^\d{1,3}$/.test(prefix) && bits <= longest ? { address, bits } : undefined
}

/** Whether every address of `inner` is in `outer`; addresses of the two families never are in each other. */
export function isWithin(inner: IpRange, outer: IpRange): boolean {
  if (inner.address.length !== outer.address.length || inner.bits < outer.bits) return false
  for (let i = 0, left = outer.bits; left > 0; i++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff
    if ((((inner.address[i] ?? 0) ^ (outer.address[i] ?? 0)) & mask) !== 0) return false
  }
  return true
}

function addressOf(text: string): Address | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text)
}

function ipv4(text: string): Address | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (parts === null) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = parts.slice(1).map(Number)
  return a > 255 || b > 255 || c > 255 || d > 255 ? undefined : [a * 256 + b, c * 256 + d]
}

function ipv6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : groups(half)))
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 8 ? head : undefined
  if (tail === undefined || head.length + tail.length > 7) return undefined
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]
}

/** Groups between colons; the last may be an IPv4 address (RFC 4291, 2.2). */
function groups(text: string): number[] | undefined {
  const found: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const mapped = i === parts.length - 1 && part.includes('.') ? ipv4(part) : undefined
    if (mapped !== undefined) found.push(...mapped)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(Number.parseInt(part, 16))
    else return undefined
  }
  return found
}
