import type { ActivationState } from './state.ts'

/** What a rule of Privileged Identity Management asks for, in words. */
const ASKED: ReadonlyMap<string, string> = new Map([
  ['multifactorauthentication', 'multi-factor authentication'],
  ['justification', 'a justification'],
  ['ticketing', 'a ticket number, which nobody checks'],
])

/**
 * What an activation asks for, in words. `policy` undefined: its policy was not imported. Without named approvers those of
 * the service decide: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-change-default-settings
 * and https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-approval-workflow (nobody approves a
 * request of their own).
 */
export function activationText(
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
  const long = policy.maximum === null ? '' : `, for at most ${policy.maximum}`
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
