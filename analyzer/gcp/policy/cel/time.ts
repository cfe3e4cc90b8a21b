import { Duration, Timestamp } from './value.ts'

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/
const FIRST = -62_135_596_800_000n * 1_000_000n
const LAST = 253_402_300_800_000n * 1_000_000n

/** An RFC 3339 time that exists, of the years 1 to 9999 (google.protobuf.Timestamp). */
export function timestampOf(text: string): Timestamp | undefined {
  const known = TIMES.get(text)
  if (known !== undefined) return known
  const made = readTimestamp(text)
  if (made === undefined) return undefined
  if (TIMES.size >= 10_000) TIMES.clear()
  TIMES.set(text, made)
  return made
}

/** Texts repeat: those of policies from request to request. */
const TIMES = new Map<string, Timestamp>()

function readTimestamp(text: string): Timestamp | undefined {
  const parts = RFC3339.exec(text)
  if (parts === null) return undefined
  const [, day = '', clock = '', fraction = '', zone = ''] = parts
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const ms = Date.parse(`${day}T${clock}${zone.toUpperCase()}`)
  if (Number.isNaN(midnight) || Number.isNaN(ms) || !new Date(midnight).toISOString().startsWith(day)) {
    return undefined
  }
  const nanos = BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
  return nanos >= FIRST && nanos < LAST ? new Timestamp(nanos) : undefined
}

export function timestampText({ nanos }: Timestamp): string {
  const seconds = floor(nanos, 1_000_000_000n)
  const rest = nanos - seconds * 1_000_000_000n
  const whole = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', '')
  return rest === 0n ? `${whole}Z` : `${whole}.${String(rest).padStart(9, '0').replace(/0+$/, '')}Z`
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3600e9],
  ['m', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
  ['ns', 1],
])

/** A duration such as `1h30m` or `2.5s`. */
export function durationOf(text: string): Duration | undefined {
  const whole = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|us|ns|h|m|s))+)$/.exec(text)
  if (whole === null) return undefined
  let nanos = 0n
  for (const [, amount = '', unit = ''] of (whole[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)) {
    const size = BigInt(UNITS.get(unit) ?? 0)
    const [before = '0', after = ''] = amount.split('.')
    nanos += BigInt(before) * size
    if (after !== '') nanos += (BigInt(after) * size) / 10n ** BigInt(after.length)
  }
  return new Duration(whole[1] === '-' ? -nanos : nanos)
}

const FIELDS = {
  getFullYear: (d: Date) => d.getUTCFullYear(),
  getMonth: (d: Date) => d.getUTCMonth(),
  getDate: (d: Date) => d.getUTCDate(),
  getDayOfMonth: (d: Date) => d.getUTCDate() - 1,
  getDayOfWeek: (d: Date) => d.getUTCDay(),
  getDayOfYear: (d: Date) =>
    Math.floor(
      (Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()) - Date.UTC(d.getUTCFullYear(), 0, 1)) /
        86_400_000,
    ),
  getHours: (d: Date) => d.getUTCHours(),
  getMinutes: (d: Date) => d.getUTCMinutes(),
  getSeconds: (d: Date) => d.getUTCSeconds(),
  getMilliseconds: (d: Date) => d.getUTCMilliseconds(),
} as const

/** A field of a time in a zone: UTC, an offset as `+02:00`, or a name of the time zone database; `undefined`: no such. */
export function timeField(name: string, time: Timestamp, zone: string | undefined): bigint | undefined {
  if (!Object.hasOwn(FIELDS, name)) return undefined
  const ms = Number(floor(time.nanos, 1_000_000n))
  const local = zone === undefined || zone === 'UTC' ? ms : inZone(ms, zone)
  return local === undefined ? undefined : BigInt(FIELDS[name as keyof typeof FIELDS](new Date(local)))
}

export function isTimeField(name: string): boolean {
  return Object.hasOwn(FIELDS, name)
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone, as if it were UTC. */
function inZone(ms: number, zone: string): number | undefined {
  const offset = /^([+-]?)(\d\d):(\d\d)$/.exec(zone)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    return ms + (offset[1] === '-' ? -minutes : minutes) * 60_000
  }
  // A zone's offset changes on quarters of an hour only.
  const quarter = Math.floor(ms / QUARTER)
  const key = `${zone} ${quarter}`
  let shift = SHIFTS.get(key)
  if (shift === undefined) {
    const wall = wallClock(quarter * QUARTER, zone)
    if (wall === undefined) return undefined
    shift = wall - quarter * QUARTER
    if (SHIFTS.size >= 10_000) SHIFTS.clear()
    SHIFTS.set(key, shift)
  }
  return ms + shift
}

const QUARTER = 900_000
const SHIFTS = new Map<string, number>()

/** What the clocks of a zone of the time zone database show at a whole second. */
function wallClock(ms: number, zone: string): number | undefined {
  let format = FORMATS.get(zone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
    } catch {
      return undefined
    }
    if (FORMATS.size < 1_000) FORMATS.set(zone, format)
  }
  const parts = new Map<string, number>(
    format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: string): number => parts.get(type) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

function floor(a: bigint, b: bigint): bigint {
  const q = a / b
  return a % b < 0n ? q - 1n : q
}
