import type { ApiNodeRef } from '../../app/server/api.ts'
import { address } from './location.ts'

export const identityAddress = (id: string): string => `/identities/${encodeURIComponent(id)}`
export const pathsAddress = (ends: { readonly from?: string; readonly to?: string }): string =>
  address('/paths', ends)

/** The page that says most about a node: who it is, who reaches it, or what is wrong in it. */
export function nodeAddress(node: ApiNodeRef): string {
  switch (node.kind) {
    case 'principal':
      return identityAddress(node.id)
    case 'resource':
      return pathsAddress({ to: node.id })
    case 'container':
      return address('/findings', { scope: node.id })
  }
}
