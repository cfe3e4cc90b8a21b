/** KMS grants. KMS Developer Guide: "Grants in AWS KMS"; KMS API reference: "GrantConstraints". */
import type { Grant } from './line.ts'
import type { Scene } from './statements.ts'

/** Whether some grant lets the asker do what it asks. */
export function granted(scene: Scene): boolean {
  const { action } = scene.line
  return (
    action.toLowerCase().startsWith('kms:') &&
    (scene.line.kmsGrants ?? []).some((grant) => grants(scene, grant))
  )
}

function grants(scene: Scene, grant: Grant): boolean {
  const { asker, line } = scene
  const is = (name: string | undefined) => name !== undefined && asker.isCalled(name)
  const operation = line.action.slice('kms:'.length).toLowerCase()
  // "Permission to retire a grant is determined primarily by the grant."
  if (operation === 'retiregrant' && is(grant.RetiringPrincipal)) return true
  if (!is(grant.GranteePrincipal) || !grant.Operations.some((o) => o.toLowerCase() === operation))
    return false
  // "Grant constraints are not applied to operations that do not support an encryption context, such as DescribeKey or
  // RetireGrant operations."
  if (operation === 'describekey' || operation === 'retiregrant') return true
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.Constraints ?? {}
  const wanted = Object.entries(equals ?? subset ?? {})
  // A grant that is made by a grant "must be at least as strict"; the line does not tell the new one.
  if (operation === 'creategrant' && wanted.length > 0) return scene.oracle(grant)
  if (!wanted.every(([key, value]) => scene.world.get(PREFIX + key.toLowerCase())?.join() === value))
    return false
  return (
    equals === undefined || pairs(scene).every((key) => wanted.some(([name]) => name.toLowerCase() === key))
  )
}

const PREFIX = 'kms:encryptioncontext:'

/** The keys of the request's encryption context, in lower case. */
function pairs({ world }: Scene): readonly string[] {
  const told = [...world].filter(([key, values]) => key.startsWith(PREFIX) && values.length > 0)
  const listed = world.get('kms:encryptioncontextkeys') ?? []
  return [...told.map(([key]) => key.slice(PREFIX.length)), ...listed.map((key) => key.toLowerCase())]
}
