/**
 * Azure's decision of one question, slow and obvious, on the JSON of the line as it stands. Written from the Azure RBAC
 * documentation: "How Azure RBAC determines if a user has access to a resource" (overview), "Understand Azure deny
 * assignments", "Understand role definitions", "Understand scope". Shares no code with the analyzer.
 */
import type { Truth, World } from './condition.ts'
import { all, any, conditionTruth, starMatch } from './condition.ts'

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- the raw documents of a line

export type Decided = 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'

const not = (truth: Truth): Truth => (truth === 'true' ? 'false' : truth === 'false' ? 'true' : truth)
const is = (value: boolean): Truth => (value ? 'true' : 'false')
const fold = (text: unknown): string => String(text).toLowerCase()
const guid = (text: unknown): string => (fold(text).split('/').pop() ?? '').replaceAll('-', '')
const body = (document: Any): Any => document.properties ?? document
const list = (value: Any): Any[] => value ?? []

export function decideSlowly(line: Any): Decided {
  const groups =
    line.groups === undefined ? undefined : allGroups(guid(line.principal.id ?? line.principal), line.groups)
  const denied = any(list(line.denyAssignments).map((deny: Any) => denies(body(deny), line, groups)))
  if (denied === 'true') return 'denied-explicit'
  const granted = any(
    list(line.roleAssignments).map((assignment: Any) => grants(body(assignment), line, groups)),
  )
  if (granted === 'false') return 'denied-implicit'
  const access = all([not(denied), granted])
  return access === 'true' ? 'allowed' : access === 'open' ? 'conditional' : 'unknown'
}

function denies(deny: Any, line: Any, groups: ReadonlySet<string> | undefined): Truth {
  if (fold(deny.denyAssignmentEffect ?? 'enforced') === 'audit') return 'false'
  const here = fold(deny.scope).replace(/(.)\/$/, '$1') === target(line)
  const blocks = list(deny.permissions).filter((block: Any) => inBlock(block, line))
  return all([
    deny.doNotApplyToChildScopes === true && !here ? 'false' : above(deny.scope, line),
    any(list(deny.principals).map((who: Any) => isOne(who, line, groups))),
    not(any(list(deny.excludePrincipals).map((who: Any) => isOne(who, line, groups)))),
    condition(deny, line, false),
    any(blocks.map((block) => condition(block, line, false))),
  ])
}

function grants(assignment: Any, line: Any, groups: ReadonlySet<string> | undefined): Truth {
  const who = { id: assignment.principalId, type: assignment.principalType }
  const applies = all([above(assignment.scope, line), isOne(who, line, groups)])
  const definition = list(line.roleDefinitions).find(
    (role: Any) => guid(role.name ?? role.id) === guid(assignment.roleDefinitionId),
  )
  const blocks: Truth =
    definition === undefined
      ? 'unclear'
      : any(
          list(body(definition).permissions)
            .filter((block: Any) => inBlock(block, line))
            .map((block: Any) => condition(block, line, true)),
        )
  return all([applies, condition(assignment, line, true), blocks])
}

/** Actions without not-actions, or data actions without not-data-actions, of this block alone. */
function inBlock(block: Any, line: Any): boolean {
  const [yes, no] = line.isDataAction
    ? [block.dataActions ?? [], block.notDataActions ?? []]
    : [block.actions ?? [], block.notActions ?? []]
  const some = (patterns: string[]): boolean => patterns.some((pattern) => starMatch(pattern, line.action))
  return some(yes) && !some(no)
}

function target(line: Any): string {
  return fold(line.scope).replace(/(.)\/$/, '$1')
}

const GROUP = '/providers/microsoft.management/managementgroups/'

/** Whether a scope is the target or above it. */
function above(scope: string, line: Any): Truth {
  const at = fold(scope).replace(/(.)\/$/, '$1')
  if (at === '/' || at === target(line) || target(line).startsWith(`${at}/`)) return 'true'
  const isGroup = at.startsWith(GROUP) && at.split('/').length === 5
  const isInTree = target(line).startsWith('/subscriptions/') || target(line).startsWith(GROUP)
  if (!isGroup || !isInTree) return 'false'
  if (line.ancestors === undefined) return 'unclear'
  return is(list(line.ancestors).map(fold).includes(at))
}

function isOne(who: Any, line: Any, groups: ReadonlySet<string> | undefined): Truth {
  if (/^(systemdefined|everyone)$/i.test(who.type ?? '') || /^0+$/.test(guid(who.id))) return 'true'
  if (guid(who.id) === guid(line.principal.id ?? line.principal)) return 'true'
  if (who.type !== undefined && !/group$/i.test(who.type)) return 'false'
  return groups === undefined ? 'unclear' : is(groups.has(guid(who.id)))
}

/** Adds the groups of what is already in, until nothing is added any more. */
function allGroups(principal: string, groups: Any[]): ReadonlySet<string> {
  const inside = new Set<string>(groups.filter((g) => typeof g === 'string').map(guid))
  for (let before = -1; before !== inside.size;) {
    before = inside.size
    for (const group of groups) {
      if (typeof group === 'string') continue
      const members = list(group.members).map(guid)
      if (members.some((member) => member === principal || inside.has(member))) inside.add(guid(group.id))
    }
  }
  return inside
}

function condition(of: Any, line: Any, absentFails: boolean): Truth {
  if (typeof of.condition !== 'string' || of.condition === '') return 'true'
  if (typeof of.conditionVersion === 'string' && !['', '2.0'].includes(of.conditionVersion)) return 'unclear'
  const world: World = {
    action: line.action,
    subOperation: told(line.subOperation) === undefined ? undefined : line.subOperation,
    value: (source, name) => attribute(line, source, name),
    absentFails,
  }
  return conditionTruth(of.condition, world)
}

function told(value: Any): Any {
  return typeof value === 'object' && value !== null && value.unknown === true ? undefined : value
}

/** The values of an attribute: undefined where it was not told, none where it is absent. */
function attribute(line: Any, source: string, name: string): readonly unknown[] | undefined {
  const from = source.toLowerCase() === 'environment' ? line.context : line.attributes?.[source.toLowerCase()]
  const isTag = (text: string): boolean => /<\$key_case_sensitive\$>$/i.test(text)
  const key = Object.keys(from ?? {}).find((known) => {
    if (!isTag(known) || !isTag(name))
      return known.toLowerCase() === name.toLowerCase() && isTag(known) === isTag(name)
    const tag = (text: string): string => text.slice(text.lastIndexOf(':') + 1, text.lastIndexOf('<'))
    return known.toLowerCase() === name.toLowerCase() && tag(known) === tag(name)
  })
  const value = key === undefined ? undefined : told(from[key])
  if (value === undefined) return undefined
  if (value === null) return []
  return (Array.isArray(value) ? value : [value]).map((item: unknown) =>
    typeof item === 'string' ? item : { bare: String(item) },
  )
}
