import type { ReactNode } from 'react'
import type { ApiNodeRef } from '../../app/server/api.ts'

/** Line icons on a 16-unit grid, drawn for this project. */
export const ICON_PATHS = {
  person:
    'M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.75 14c.4-2.9 2.4-4.5 5.25-4.5s4.85 1.6 5.25 4.5',
  workload:
    'M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14',
  role: 'M8 1.75 13.25 3.5v4.25c0 3-2.1 5.25-5.25 6.5-3.15-1.25-5.25-3.5-5.25-6.5V3.5L8 1.75ZM5.75 8l1.6 1.6 3-3.2',
  group:
    'M6 7.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.75 13c.3-2.5 1.9-3.9 4.25-3.9s3.95 1.4 4.25 3.9M10.5 2.9a2.25 2.25 0 0 1 0 4.2M12.2 9.6c1.2.6 1.9 1.8 2.05 3.4',
  resource:
    'M8 6c3 0 5-.8 5-2s-2-2-5-2-5 .8-5 2 2 2 5 2ZM3 4v8c0 1.2 2 2 5 2s5-.8 5-2V4M3 8c0 1.2 2 2 5 2s5-.8 5-2',
  container: 'M8 1.75 13.75 4.9v6.2L8 14.25 2.25 11.1V4.9L8 1.75ZM2.4 5 8 8l5.6-3M8 8v6',
  outside:
    'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM1.9 8h12.2M8 1.75c2 2 2.6 4 2.6 6.25S10 12.25 8 14.25C6 12.25 5.4 10.25 5.4 8S6 3.75 8 1.75Z',
  search: 'M7 11.75a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5ZM10.5 10.5 14 14',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'm3 8.5 3.25 3.25L13 4.75',
  cross: 'm4 4 8 8M12 4l-8 8',
  swap: 'M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13',
  question:
    'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM6.25 6.4c.1-1.1.8-1.75 1.8-1.75 1 0 1.75.65 1.75 1.6 0 1.4-1.8 1.5-1.8 2.9M8 11.25v.1',
  plus: 'M8 3.25v9.5M3.25 8h9.5',
  minus: 'M3.25 8h9.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  path: 'M3.5 5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM12.5 14a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM3.5 5v4.5a3 3 0 0 0 3 3H11',
} as const

export type IconName = keyof typeof ICON_PATHS

/** Decoration next to words that say the same. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}

/** The icon of a node: what kind of thing it is, in any cloud. */
export function nodeIcon(node: ApiNodeRef): IconName {
  if (node.kind !== 'principal') return node.kind
  if (node.human === true) return 'person'
  if (/group/i.test(node.type)) return 'group'
  if (/external|oidc|saml|federat/i.test(node.type)) return 'outside'
  return /role/i.test(node.type) ? 'role' : 'workload'
}

/** The star of the name: Gomeisa, the second of the Little Dog. */
export function Star({ size = 22 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="currentColor"
        d="M12 0c.7 7.2 4.8 11.3 12 12-7.2.7-11.3 4.8-12 12-.7-7.2-4.8-11.3-12-12C7.2 11.3 11.3 7.2 12 0Z"
      />
    </svg>
  )
}
