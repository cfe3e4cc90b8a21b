import type { AccountState, Control, ControlLevel } from '../state.ts'
import type { Draft } from './draft.ts'
import type { ControlType, OrganizationDraft } from './organization-draft.ts'

/** AWS's own policies that allow everything; their documents never change. */
const ALLOWS_ALL: ReadonlyMap<string, string> = new Map([
  [
    'p-FullAWSAccess',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  ],
  [
    'p-RCPFullAWSAccess',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  ],
])

const TYPE_WORDS: Readonly<Record<ControlType, string>> = {
  SERVICE_CONTROL_POLICY: 'service control policies',
  RESOURCE_CONTROL_POLICY: 'resource control policies',
}

/** By type and target: accounts share the levels above them, and what is worked out of those. */
type Levels = Map<string, ControlLevel>

/** What the organization puts over each account. */
export function accountStates(draft: Draft): readonly AccountState[] {
  const levels: Levels = new Map()
  return [...draft.accounts.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((account) => {
      const organization = organizationOf(draft, account.id)
      return {
        id: account.id,
        imported: account.imported,
        scps: control(draft, account.id, 'SERVICE_CONTROL_POLICY', organization, levels),
        rcps: control(draft, account.id, 'RESOURCE_CONTROL_POLICY', organization, levels),
        ...(organization === undefined ? {} : { organization }),
        resourcePolicies: account.resourcePolicies,
        ...(account.canonicalId === undefined ? {} : { canonicalId: account.canonicalId }),
        ...(account.shareRegions === undefined
          ? {}
          : {
              shares: {
                regions: [...account.shareRegions].sort(),
                whole: account.hasAllShares === true,
              },
            }),
        policiesOfTypes: [...account.policiesOfTypes].sort(),
        hostTypes: [...account.hostTypes].sort(),
      }
    })
}

/** The organization's id, null for none, undefined for not known. */
export function organizationOf(draft: Draft, account: string): string | null | undefined {
  const organization = draft.organization
  if (organization.members.has(account)) return organization.id ?? undefined
  if (organization.outside.has(account)) return null
  const imported = [...draft.accounts.values()].filter((a) => a.imported)
  return organization.outside.has('only') && imported.length === 1 && imported[0]?.id === account
    ? null
    : undefined
}

function control(
  draft: Draft,
  account: string,
  type: ControlType,
  organization: string | null | undefined,
  known: Levels,
): Control {
  const tree = draft.organization
  // The management account is not under control policies; neither is an account of no organization.
  if (organization === null || tree.managementAccount === account) return { status: 'exempt' }
  if (!tree.members.has(account)) return { status: 'unknown' }
  if (tree.enabled.get(type) === false) return { status: 'exempt' }
  if (tree.attached[type].size === 0 && tree.listed[type].size === 0) return { status: 'unknown' }
  const chain = chainOf(tree, account)
  const levels = chain.targets.map((target) => {
    const key = `${type} ${target}`
    const made = known.get(key) ?? level(draft, target, type)
    known.set(key, made)
    return made
  })
  if (!chain.complete) {
    levels.push({
      target: account,
      uses: [],
      missing: [`the place of account ${account} in the organization`],
    })
  }
  return { status: 'known', levels }
}

/** Targets from the root down to the account. */
function chainOf(
  tree: OrganizationDraft,
  account: string,
): { readonly targets: readonly string[]; readonly complete: boolean } {
  const targets = [account]
  const seen = new Set(targets)
  let parent = tree.parents.get(account)
  while (parent !== undefined && !seen.has(parent)) {
    targets.unshift(parent)
    seen.add(parent)
    if (parent.startsWith('r-')) return { targets, complete: true }
    parent = tree.units.get(parent)?.parent
  }
  return { targets, complete: false }
}

function level(draft: Draft, target: string, type: ControlType): ControlLevel {
  const tree = draft.organization
  const missing: string[] = []
  let ids = tree.attached[type].get(target)
  if (ids === undefined) {
    ids = [...tree.targets].filter(([, targets]) => targets.has(target)).map(([id]) => id)
    ids = ids.filter((id) => tree.listed[type].has(id))
    // A policy without targets is an empty answer, which leaves no row; a refused one leaves a gap.
    const told = [...tree.listed[type]].some((id) => tree.targets.has(id))
    if (!told) missing.push(`the ${TYPE_WORDS[type]} attached to ${target}`)
    else if (tree.refused) missing.push(`the targets of some ${TYPE_WORDS[type]}`)
  }
  const uses: number[] = []
  for (const id of ids) {
    const use = tree.policies.get(id)?.use ?? wellKnown(draft, id)
    if (use === undefined)
      missing.push(
        `the document of control policy ${tree.policies.get(id)?.name ?? id} attached to ${target}`,
      )
    else uses.push(use)
  }
  return { target, uses, missing }
}

function wellKnown(draft: Draft, id: string): number | undefined {
  const document = ALLOWS_ALL.get(id)
  if (document === undefined) return undefined
  const policy = draft.organization.policy(id)
  const at = draft.organization.seen ?? { source: 0, pointer: '' }
  const use = draft.tables.use(document, id.slice(2), at)
  if (use !== undefined) policy.use = use
  return use
}
