import { CLOUD_TITLES, personKey, type Credential, type PrincipalNode } from '../../../graph/index.ts'
import { counted, listed } from '../../findings/words.ts'
import { type EstateView, type Headline, type HeadlineInput, identityLink, sinceBefore } from './headline.ts'

const KEYS: ReadonlySet<Credential['type']> = new Set<Credential['type']>([
  'access-key',
  'key',
  'client-secret',
])

interface Leaver {
  readonly disabled: PrincipalNode
  readonly left: PrincipalNode
  readonly keys: readonly Credential[]
}

/** People whose account is disabled in one place while keys of another account with the same e-mail address still work. */
export function leavers({ current, previous }: HeadlineInput): readonly Headline[] {
  const found = leaversOf(current)
  const [first] = found
  if (first === undefined) return []
  const administrators = new Set(
    current.findings.filter((f) => f.rule === 'standing-administrator').map((f) => f.subject),
  )
  const strong = found.some((leaver) => administrators.has(leaver.left.id))
  const severity = strong ? 'critical' : 'high'
  const keys = counted(
    found.reduce((sum, leaver) => sum + leaver.keys.length, 0),
    'active key',
  )
  if (found.length > 1) {
    const names = listed(found.map((leaver) => leaver.left.name))
    const text = `${found.length} accounts of people who are disabled elsewhere still have ${keys}: ${names}`
    return [{ text, severity, link: '/findings?rule=long-lived-key-over-90-days' }]
  }
  const used =
    previous === null ? 0 : first.keys.filter((key) => isLater(key.lastUsed, previous.takenAt)).length
  const where = CLOUD_TITLES[first.left.cloud]
  // An address that nobody has verified says whose account it is meant to be, not whose it is.
  const isSame = personKey(first.left) === personKey(first.disabled)
  const text =
    `${first.left.email ?? first.left.name} is disabled in ${CLOUD_TITLES[first.disabled.cloud]}` +
    (isSame
      ? ` and still has ${keys} in ${where}`
      : `; an account in ${where} with this address still has ${keys}`) +
    (administrators.has(first.left.id) ? ', as administrator' : '') +
    (used > 0 && previous !== null ? `; ${used} used ${sinceBefore(current, previous)}` : '')
  return [{ text, severity, link: identityLink(first.left.id) }]
}

function leaversOf(view: EstateView): Leaver[] {
  const disabled = new Map<string, PrincipalNode>()
  for (const node of view.nodes.values()) {
    if (node.kind !== 'principal' || node.type !== 'user' || node.enabled !== false) continue
    if (node.email !== undefined) disabled.set(node.email.toLowerCase(), node)
  }
  const found: Leaver[] = []
  for (const node of view.nodes.values()) {
    if (node.kind !== 'principal' || node.enabled === false || node.email === undefined) continue
    const twin = disabled.get(node.email.toLowerCase())
    if (twin === undefined) continue
    const keys = (node.credentials ?? []).filter((key) => key.active && KEYS.has(key.type))
    if (keys.length > 0) found.push({ disabled: twin, left: node, keys })
  }
  return found.sort((a, b) => b.keys.length - a.keys.length || (a.left.id < b.left.id ? -1 : 1))
}

function isLater(used: Credential['lastUsed'], than: string): boolean {
  return used !== undefined && used !== 'never' && Date.parse(used) > Date.parse(than)
}
