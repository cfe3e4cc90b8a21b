import { type Gap, isObject, type Json, ownObject, ownString } from '../../../graph/index.ts'
import { AZURE_COMMANDS } from '../coverage/azure.ts'
import type { Refusal, RefusalReader } from './refusal.ts'

/**
 * Errors of the Azure command line (`ERROR: (AuthorizationFailed) …`, `ERROR: Insufficient privileges …`), of Azure
 * Resource Manager and of Microsoft Graph (`{"error": {"code": "Authorization_RequestDenied", "message": …}}`).
 */
export const AZURE_REFUSALS: RefusalReader = {
  inText(text): Refusal | undefined {
    const json = /^(?:ERROR: )?(?:Forbidden|Unauthorized)\((\{.*\})\)/m.exec(text)?.[1]
    const inside = json === undefined ? undefined : parsed(json)
    if (inside !== undefined) return inside
    const found = /ERROR: \((\w+)\) ?([^\r\n]*)/.exec(text)
    if (found !== null) return { gap: gap(found[1] ?? '', found[2] ?? '') }
    const bare = /ERROR: (Insufficient privileges[^\r\n]*)/.exec(text)
    return bare === null ? undefined : { gap: gap('Authorization_RequestDenied', bare[1] ?? '') }
  },
  inJson(root): Refusal | undefined {
    const error = isObject(root) ? ownObject(root, 'error') : undefined
    const code = error === undefined ? undefined : ownString(error, 'code')
    if (error === undefined || code === undefined) return undefined
    return { gap: gap(code, ownString(error, 'message') ?? '') }
  },
}

function parsed(json: string): Refusal | undefined {
  try {
    return AZURE_REFUSALS.inJson(JSON.parse(json) as Json)
  } catch {
    return undefined
  }
}

function gap(code: string, message: string): Gap {
  const isRefusal =
    /AuthorizationFailed|RequestDenied|Forbidden|AccessDenied|Unauthorized|LinkedAuthorization/i.test(code)
  const action = /perform action '([^']+)'/.exec(message)?.[1]
  const scope = /over scope '([^']+)'/.exec(message)?.[1]?.toLowerCase() ?? '*'
  const [what] = AZURE_COMMANDS.find(([, words]) =>
    words.some((word) => (action ?? message).toLowerCase().includes(word.toLowerCase())),
  ) ?? ['other']
  const asked = action ?? 'a call'
  return {
    kind: isRefusal ? 'refused' : 'not-collected',
    cloud: 'azure',
    scope,
    what,
    consequence: `what \`${asked}\` tells is not known: ${isRefusal ? `Azure refused it (${code})` : `it failed (${code})`}`,
    remedy:
      action === undefined
        ? 'give the exporter the Directory Readers role'
        : `give the exporter ${action} on ${scope}`,
  }
}
