/** A decimal number, or `undefined` for a text that is none as a whole (`10abc`). */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

export function booleanOf(text: string): boolean | undefined {
  const folded = text.toLowerCase()
  return folded === 'true' ? true : folded === 'false' ? false : undefined
}

/** Bytes of a base64 text in one spelling, or `undefined`. */
export function base64Of(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) return undefined
  return Buffer.from(text, 'base64').toString('latin1')
}

const W3C = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * Milliseconds since 1970 of a date in one of the forms of https://www.w3.org/TR/NOTE-datetime, or in seconds since 1970.
 * Four digits are a year. A time without a zone is taken as UTC. `undefined`: no date.
 */
export function instantOf(text: string): number | undefined {
  const parts = W3C.exec(text)
  if (parts === null) return /^-?\d+(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : undefined
  const [
    ,
    year = '',
    month = '01',
    day = '01',
    minutes = '00:00',
    seconds = '00',
    fraction = '0',
    zone = 'Z',
  ] = parts
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined
  const time = Date.parse(`${year}-${month}-${day}T${minutes}:${seconds}.${fraction.slice(0, 3)}${zone}`)
  return Number.isNaN(time) ? undefined : time
}
