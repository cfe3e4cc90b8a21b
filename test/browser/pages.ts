import { nodes } from '../fakes/estate/nodes.ts'

const part = encodeURIComponent

/** Every page in every state that has a look of its own. */
export const PAGES: readonly { readonly name: string; readonly address: string }[] = [
  { name: 'overview', address: '/' },
  { name: 'identity', address: `/identities/${part(nodes.ci.id)}` },
  { name: 'identity that is not there', address: '/identities/nobody' },
  { name: 'paths to a jewel', address: `/paths?to=${part(nodes.payroll.id)}&path=2` },
  { name: 'paths, a node chosen', address: '/paths?at=0' },
  { name: 'no path', address: `/paths?from=${part(nodes.logs.id)}` },
  { name: 'findings', address: '/findings' },
  { name: 'finding, opened', address: '/findings?open=f-1' },
  { name: 'findings, none', address: '/findings?q=nothing-has-this' },
  { name: 'ask', address: '/can' },
  { name: 'allowed if', address: `/can?principal=${part(nodes.ci.id)}&action=s3:PutObject&resource=x` },
  { name: 'denied', address: `/can?principal=${part(nodes.ana.id)}&action=s3:PutObject&resource=x` },
  { name: 'unknown', address: `/can?principal=${part(nodes.ci.id)}&action=kms:Decrypt&resource=x` },
  { name: 'ambiguous', address: '/can?principal=lumen&action=s3:GetObject&resource=x' },
  { name: 'search', address: '/search?q=lumen' },
  { name: 'no such page', address: '/nowhere' },
]
