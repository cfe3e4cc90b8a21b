import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Offence, Policy } from '../cedar/policy.ts'
import { SCHEMA } from '../cedar/schema.ts'

/**
 * Cedar's own strict validation: unknown attributes, actions and types, comparisons of different types, optional
 * attributes that are read unguarded. A policy that can never apply is an offence too: it was meant to do something.
 */
export function schemaOffences(policies: readonly Policy[]): readonly Offence[] {
  const byId = new Map(policies.map((policy) => [policy.id, policy]))
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]))
  const answer = cedar.validate({
    schema: SCHEMA,
    policies: { staticPolicies },
    validationSettings: { mode: 'strict' },
  })
  if (answer.type === 'failure') {
    const place = policies[0]?.place ?? { file: '' }
    return answer.errors.map(({ message }) => ({ rule: 'schema', says: message, place }))
  }
  const offence = (rule: 'schema' | 'impossible', { policyId, error }: cedar.ValidationError): Offence => {
    const place = byId.get(policyId)?.place ?? { file: '' }
    const says = error.message
      .replace(`for policy \`${policyId}\`: `, '')
      .replace(`for policy \`${policyId}\`, `, '')
    return { rule, policy: policyId, says, place, ...(error.help !== null && { remedy: error.help }) }
  }
  const impossible = answer.validationWarnings.filter(({ error }) => error.message.includes('impossible'))
  return [
    ...answer.validationErrors.map((error) => offence('schema', error)),
    ...impossible.map((error) => offence('impossible', error)),
  ]
}
