import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'

/** Folders. https://docs.cloud.google.com/resource-manager/reference/rest/v3/folders */
export const folders = listing({
  kind: 'gcp.folders',
  cloud: 'gcp',
  noun: ['folder', 'folders'],
  what: 'hierarchy',
  lists: ['folders'],
  calls: [/\bfolders (list|describe)|\bfolders\.(list|search|get)\b|ListFolders|SearchFolders/i],
  looksLike: (row) => /^folders\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText, parent: filledText },
    { displayName: text, lifecycleState: text, state: text },
  ),
  id: (row) => ownString(row, 'name'),
})
