import type { Residual } from '../../graph/index.ts'
import { durationText } from './duration-text.ts'
import { activationKey } from './scope.ts'
import type { ActivationState, AssignmentState, AzureState } from './state.ts'

/** What a rule of Privileged Identity Management asks for, in words. */
const ASKED: ReadonlyMap<string, string> = new Map([
  ['multifactorauthentication', 'multi-factor authentication'],
  ['justification', 'a justification'],
  ['ticketing', 'a ticket number, which nobody checks'],
])

const PIM = 'is activated (Privileged Identity Management);'

/** What has to be activated before it gives anything, by what that asks for. */
export class Activations {
  private readonly state: AzureState
  /** Names by object id, for who approves. */
  private readonly names: ReadonlyMap<string, string>

  constructor(state: AzureState) {
    this.state = state
    const named = state.activations.size === 0 ? [] : state.principals
    this.names = new Map(named.map(({ id, name }) => [id, name]))
  }

  /** Whether no two activations are known to ask for different things. */
  get areAlike(): boolean {
    return this.state.activations.size === 0
  }

  /** What an assignment waits for; nothing where it is a standing one. */
  ofAssignment({ eligible, scope, role }: AssignmentState): readonly Residual[] {
    if (!eligible) return []
    const { id = '', directory = false } = this.state.roles[role] ?? {}
    const asks = this.text(activationKey(directory ? 'directory:/' : scope, id), directory)
    return [{ says: `the eligible assignment ${PIM} ${asks}`, raw: 'PIM: eligible assignment' }]
  }

  /** What becoming a member of groups waits for, each told once; of no group: of one that is not known. */
  ofMemberships(groups: readonly number[]): readonly Residual[] {
    const { principals } = this.state
    const keys = groups.length === 0 ? [''] : groups.map((group) => `group:${principals[group]?.id ?? ''}`)
    const asked = new Set(keys.map((key) => this.text(activationKey(key, 'member'), false)))
    const raw = 'PIM: eligible membership'
    return [...asked].map((asks) => ({ says: `eligible membership of a group ${PIM} ${asks}`, raw }))
  }

  /** What becoming an owner of a group waits for. */
  ofOwnership(group: number): Residual {
    const key = activationKey(`group:${this.state.principals[group]?.id ?? ''}`, 'owner')
    const says = `eligible ownership of the group ${PIM} ${this.text(key, false)}`
    return { says, raw: 'PIM: eligible ownership' }
  }

  private text(key: string, isDirectory: boolean): string {
    const nameOf = (id: string) => this.names.get(id) ?? id
    return activationText(this.state.activations.get(key), nameOf, isDirectory)
  }
}

/**
 * What an activation asks for, in words. `policy` undefined: its policy was not imported. Without named approvers those of
 * the service decide: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-change-default-settings
 * and https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-approval-workflow (nobody approves a
 * request of their own).
 */
function activationText(
  policy: ActivationState | undefined,
  nameOf: (id: string) => string,
  isDirectory: boolean,
): string {
  if (policy === undefined) return 'what that asks for (approval, MFA) is not known'
  const asked = [
    ...(policy.approval === null ? [] : [approvalText(policy.approval, nameOf, isDirectory)]),
    ...policy.enabled.map((rule) => ASKED.get(rule.toLowerCase()) ?? rule),
    ...(policy.context === null ? [] : [`what the authentication context ${policy.context} asks for`]),
  ]
  const long = policy.maximum === null ? '' : `, for at most ${durationText(policy.maximum)}`
  return asked.length === 0 ? `that asks for nothing${long}` : `that asks for ${asked.join(', ')}${long}`
}

function approvalText(
  approvers: readonly string[],
  nameOf: (id: string) => string,
  isDirectory: boolean,
): string {
  if (approvers.length > 0) return `the approval of ${approvers.map(nameOf).join(' or ')}`
  const spare = isDirectory ? 'a Privileged Role Administrator or Global Administrator' : 'a second person'
  return `the approval of ${spare}`
}
