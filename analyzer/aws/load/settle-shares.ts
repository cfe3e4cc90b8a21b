import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { parseArn } from '../model/arn.ts'
import type { Draft, ResourceDraft } from './draft.ts'
import type { SharedResource, ShareDraft } from './share-draft.ts'
import { membersOf, type Members } from './share-members.ts'

/** What a share allows on a resource: by which permission, and whether that is known. */
interface Allowed {
  readonly name: string
  readonly statements: readonly JsonObject[]
  readonly isSure: boolean
  readonly at: SourceRef
}

const EVERYTHING: readonly JsonObject[] = [{ Effect: 'Allow', Action: '*' }]

/**
 * Puts shares into the words of resource policies, as Resource Access Manager does: "The policy template in the managed permission
 * contains everything needed for a resource-based policy except for the principal and the resource."
 * https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html
 * What is not known of a share (its permission, with whom it is, whether it is in force) is kept apart: it may allow.
 */
export function settleShares(draft: Draft): void {
  const { sharing } = draft
  for (const listing of sharing.listed) {
    const [account = '', region = '', call = '', variant = ''] = listing.split(' ')
    if (call !== 'ram:GetResourceShares' || variant !== 'SELF') continue
    const has = (name: string) => sharing.listed.has(`${account} ${region} ${name}`)
    const isListed = has('ram:ListResources SELF') || has('ram:GetResourceShareAssociations RESOURCE')
    if (isListed) draft.account(account).shareRegions?.add(region)
  }
  for (const account of draft.accounts.values()) {
    if (account.imported && account.shareRegions === undefined) {
      draft.countNotEvaluated(
        'ram-not-collected',
        'accounts whose shares (Resource Access Manager) were not collected',
      )
    }
  }
  for (const share of sharing.shares.values()) if (share.status !== 'DELETED') settle(draft, share)
}

function settle(draft: Draft, share: ShareDraft): void {
  const { region = '', account = '' } = parseArn(share.arn) ?? {}
  const isOwn = draft.sharing.listed.has(`${account} ${region} ram:GetResourceShares SELF`)
  const members = isOwn ? membersOfShare(draft, share) : { named: [], open: [...share.seenBy] }
  for (const shared of share.resources.values()) {
    const resource = draft.resources.get(shared.arn)
    const force = inForce(share, shared)
    if (resource === undefined || force === 'no') continue
    for (const allowed of allowedOn(draft, share, shared)) {
      const isSure = allowed.isSure && force === 'yes'
      tell(draft, resource, allowed, members.named, isSure)
      tell(draft, resource, allowed, members.open, false)
    }
  }
}

function tell(
  draft: Draft,
  resource: ResourceDraft,
  allowed: Allowed,
  who: readonly string[],
  isSure: boolean,
): void {
  if (who.length === 0) return
  const Principal: Json = { AWS: [...who] }
  const statements = allowed.statements.map((each) => ({ ...each, Principal, Resource: resource.arn }))
  const use = draft.tables.tell(statements, allowed.name, allowed.at)
  if (isSure) resource.shares.push(use)
  else resource.openShares.push(use)
}

/** With whom a share is; who was invited and did not accept yet has no access. */
function membersOfShare(draft: Draft, share: ShareDraft): Members {
  const { region = '', account = '' } = parseArn(share.arn) ?? {}
  const isListed = draft.sharing.listed.has(`${account} ${region} ram:GetResourceShareAssociations PRINCIPAL`)
  if (!isListed) return { named: [], open: ['*'] }
  const named = new Set<string>()
  const open = new Set<string>()
  for (const { name, status, isExternal } of share.principals.values()) {
    const isInvited = status === 'ASSOCIATING' && isExternal
    if (status === 'DISASSOCIATED' || status === 'FAILED' || isInvited) continue
    const members = membersOf(draft, name)
    for (const each of members.named) (status === 'ASSOCIATED' ? named : open).add(each)
    for (const each of members.open) open.add(each)
  }
  // Whom one principal names for certain, another one need not.
  return { named: [...named].sort(), open: [...open].filter((each) => !named.has(each)).sort() }
}

/** Whether a resource is shared now; what is under way or suspended is not known. */
function inForce(share: ShareDraft, { association, status }: SharedResource): 'yes' | 'no' | 'unknown' {
  if (association === 'DISASSOCIATED' || association === 'FAILED') return 'no'
  const isSure =
    share.status === 'ACTIVE' &&
    (association ?? 'ASSOCIATED') === 'ASSOCIATED' &&
    (status ?? 'AVAILABLE') === 'AVAILABLE'
  return isSure ? 'yes' : 'unknown'
}

/** The managed permissions of a share that are for a resource: "one permission for each type of resource". */
function allowedOn(draft: Draft, share: ShareDraft, { type, at }: SharedResource): readonly Allowed[] {
  const all = [...share.permissions]
  const own = type === undefined ? all : all.filter(([, of]) => of === undefined || of === type)
  const isChoice = own.length > 1 && (type === undefined || own.some(([, of]) => of === undefined))
  const name = share.name === undefined ? share.arn : `${share.name} (${share.arn})`
  const unknown: Allowed = { name: `share ${name}`, statements: EVERYTHING, isSure: false, at }
  if (own.length === 0) return [unknown]
  return own.map(([key]): Allowed => {
    const permission = draft.sharing.permissions.get(key)
    if (permission?.statements === undefined) return unknown
    const says = `permission ${permission.name} of share ${name}`
    return { name: says, statements: permission.statements, isSure: !isChoice, at: permission.at }
  })
}
