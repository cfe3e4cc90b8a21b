import type { Missing } from '../../graph/index.ts'
import { missingGrants } from '../grants/gaps.ts'
import type { Chain } from '../grants/model.ts'
import { RESOURCE_MANAGER, canonicalResource, isContainer, pathsAbove, projectIn } from './resource-name.ts'
import type { GcpState } from './state.ts'

/** Walks the resource hierarchy: resource → project → folders → organization. */
export class Hierarchy {
  private readonly state: GcpState
  private readonly cache = new Map<string, Chain>()
  /** What an imported allow policy is attached to, with everything above it. */
  private covered: ReadonlySet<string> | undefined

  constructor(state: GcpState) {
    this.state = state
  }

  /** The resource itself and everything above it, in a stable order; all names canonical. */
  upward(resource: string): readonly string[] {
    const name = canonicalResource(resource, this.state.aliases)
    const seen = new Set([name])
    for (const at of seen) {
      for (const higher of this.state.above.get(at) ?? []) seen.add(higher)
      if (isContainer(at)) continue
      const project = projectIn(at)
      if (project !== undefined) seen.add(canonicalResource(`projects/${project}`, this.state.aliases))
      if (!this.state.above.has(at)) {
        for (const path of pathsAbove(at)) if (this.isNamed(path)) seen.add(path)
      }
    }
    return [...seen]
  }

  chain(resource: string): Chain {
    const name = canonicalResource(resource, this.state.aliases)
    const known = this.cache.get(name)
    if (known !== undefined) return known
    const upward = this.upward(name)
    const doubts: Missing[] = []
    const top = upward.find((at) => this.isTop(at))
    if (top === undefined) {
      doubts.push({
        what: 'hierarchy',
        says: `what is above ${name} was not imported; roles may be inherited from there`,
      })
    } else if (!this.covers(top)) {
      doubts.push({
        what: 'allow-policies',
        says: `no allow policy of ${short(top)} or of anything in it was imported`,
      })
    }
    doubts.push(...missingGrants(this.state.gaps, 'allow-policies', upward))
    const chain: Chain = { scopes: upward.map((scope) => ({ scope, doubt: null })), doubts }
    this.cache.set(name, chain)
    return chain
  }

  /** Whether a container lies in (or is) another; `undefined` when what is above it is not known far enough. */
  isWithin(container: string, other: string): boolean | undefined {
    const upward = this.upward(container)
    if (upward.includes(canonicalResource(other, this.state.aliases))) return true
    return upward.some((at) => this.isTop(at)) ? false : undefined
  }

  private isTop(name: string): boolean {
    return this.state.tops.has(name) || name.startsWith(`${RESOURCE_MANAGER}organizations/`)
  }

  private isNamed(name: string): boolean {
    this.named ??= new Set([
      ...this.state.above.keys(),
      ...this.state.bindings.map((binding) => binding.scope),
    ])
    return this.named.has(name)
  }

  private named: ReadonlySet<string> | undefined

  private covers(top: string): boolean {
    this.covered ??= new Set(
      [...new Set(this.state.bindings.map((b) => b.scope))].flatMap((at) => this.upward(at)),
    )
    return this.covered.has(top)
  }
}

function short(name: string): string {
  return name.startsWith(RESOURCE_MANAGER) ? name.slice(RESOURCE_MANAGER.length) : name
}
