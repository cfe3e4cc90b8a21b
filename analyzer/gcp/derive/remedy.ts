import type { Remedy } from '../../../graph/index.ts'
import { quoted } from '../../findings/command-line.ts'
import type { Holder } from '../../grants/holders.ts'
import { oneLine } from '../../one-line.ts'
import { containerPath } from '../resource-name.ts'
import type { Context } from './context.ts'

/** Ends a holder's power: takes the member out of the binding. */
export function removeBinding(holder: Holder, context: Context): Remedy {
  const member = holder.principal.slice('gcp:'.length)
  const first = holder.grant.conditions.find(({ raw }) => raw === undefined)
  if (first !== undefined) {
    const says = `take ${member} out of the entitlement's eligible users`
    const text = `# remove ${oneLine(member)} from the eligible users: ${oneLine(first.says)}`
    return { says, format: 'command', text }
  }
  return removeMember(
    holder.grant.scope,
    context.roleName(holder),
    member,
    holder.grant.conditions.find(({ raw }) => raw !== undefined)?.raw ?? null,
  )
}

/** The command that takes a member out of a binding of a resource. */
export function removeMember(scope: string, role: string, member: string, condition: string | null): Remedy {
  const which = condition === null ? '--condition=None' : '--all'
  const says = `take ${member} out of ${role}`
  const command = commandFor(scope)
  const text =
    command === undefined
      ? `# remove ${oneLine(member)} from ${oneLine(role)} in the allow policy of ${oneLine(scope)}`
      : `gcloud ${command} --member=${quoted(member)} --role=${quoted(role)} ${which}`
  return { says, format: 'command', text }
}

/** Ends a membership that makes somebody a holder. */
export function removeFromGroup(group: string, member: string): Remedy {
  const text = `gcloud identity groups memberships delete --group-email=${quoted(group)} --member-email=${quoted(member)}`
  return { says: `take ${member} out of ${group}`, format: 'command', text }
}

function commandFor(scope: string): string | undefined {
  const path = containerPath(scope)
  if (path !== undefined) {
    const [kind = '', id = ''] = path.split('/')
    return `${kind === 'folders' ? 'resource-manager folders' : kind} remove-iam-policy-binding ${quoted(id)}`
  }
  const bucket = /^\/\/storage\.googleapis\.com\/([^/]+)$/.exec(scope)?.[1]
  if (bucket !== undefined) return `storage buckets remove-iam-policy-binding ${quoted(`gs://${bucket}`)}`
  const [, host = '', project = '', rest = ''] = /^\/\/([^/]+)\/projects\/([^/]+)\/(.+)$/.exec(scope) ?? []
  const [kind = '', id = '', ...more] = rest.split('/')
  const noun = NOUNS.get(`${host}/${kind}`)
  if (noun === undefined || id === '' || more.length > 0) return undefined
  return `${noun} remove-iam-policy-binding ${quoted(id)} --project=${quoted(project)}`
}

/** `gcloud` command groups with `remove-iam-policy-binding`, for resources directly in a project. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['iam.googleapis.com/serviceAccounts', 'iam service-accounts'],
  ['pubsub.googleapis.com/topics', 'pubsub topics'],
  ['pubsub.googleapis.com/subscriptions', 'pubsub subscriptions'],
  ['secretmanager.googleapis.com/secrets', 'secrets'],
])
