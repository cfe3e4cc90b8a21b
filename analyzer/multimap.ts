/** Adds a value to the list that a map keeps for a key. */
export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** A map, or one that lets its keys go. */
type Entries<K, V> = Pick<Map<K, V>, 'get'> & { set(key: K, value: V): unknown }

/** What a map keeps for a key, made when it is first asked for. */
export function entry<K, V>(map: Entries<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
