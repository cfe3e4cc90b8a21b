const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/
const UNITS = ['day', 'hour', 'minute'] as const

/** A duration as ISO 8601 writes it (`PT1H30M`) in words; what is none of days, hours and minutes stays as it is. */
export function durationText(text: string): string {
  const found = PARTS.exec(text)?.slice(1) ?? []
  const parts = UNITS.flatMap((unit, i) => {
    const n = Number(found[i] ?? 0)
    return n === 0 ? [] : [`${n} ${unit}${n === 1 ? '' : 's'}`]
  })
  return parts.length === 0 ? text : parts.join(' ')
}
