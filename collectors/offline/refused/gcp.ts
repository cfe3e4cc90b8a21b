import { type Gap, isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import { GCP_COMMANDS } from '../coverage/gcp.ts'
import type { Refusal, RefusalReader } from './refusal.ts'

/**
 * Errors of gcloud (`ERROR: (gcloud.COMMAND) PERMISSION_DENIED: …`) and of Google's JSON interfaces (google.rpc.Status:
 * `{"error": {"code": 403, "status": "PERMISSION_DENIED"}}`).
 */
export const GCP_REFUSALS: RefusalReader = {
  inText(text): Refusal | undefined {
    const found = /ERROR: \(gcloud\.([\w.-]+)\) ?([^\r\n]*)/.exec(text)
    if (found === null) return undefined
    const [, command = '', message = ''] = found
    const isRefusal =
      /PERMISSION_DENIED|does not have permission|403|not authorized|caller does not have/i.test(message)
    return { gap: gap(isRefusal, `gcloud ${command.replaceAll('.', ' ')}`, message) }
  },
  inJson(root): Refusal | undefined {
    const error = isObject(root) ? ownObject(root, 'error') : undefined
    if (error === undefined || typeof own(error, 'code') !== 'number') return undefined
    const status = ownString(error, 'status') ?? 'an error'
    return {
      gap: gap(status === 'PERMISSION_DENIED', `a call (${status})`, ownString(error, 'message') ?? ''),
    }
  },
}

function gap(isRefusal: boolean, call: string, message: string): Gap {
  const scope =
    /\b(?:projects|folders|organizations)\/[\w-]+|(?<=(?:projects|folders|organizations) instance \[)[\w-]+/.exec(
      message,
    )?.[0] ?? '*'
  const permission =
    /\b[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+\b(?=.{0,40}(?:permission|denied|access))|(?<=ermission ')[\w.]+/.exec(
      message,
    )?.[0]
  const [what] = GCP_COMMANDS.find(([, words]) => words.some((word) => call.includes(word))) ?? ['other']
  return {
    kind: isRefusal ? 'refused' : 'not-collected',
    cloud: 'gcp',
    scope,
    what,
    consequence: `what \`${call}\` tells is not known: ${isRefusal ? 'Google Cloud refused it' : 'it failed'}`,
    remedy:
      permission === undefined ? `let the exporter run \`${call}\`` : `grant the exporter ${permission}`,
  }
}
