import { describe, expect, it } from 'vitest'
import type { GraphNode, PrincipalNode } from '../../../graph/index.ts'
import { bestMatches, EXACT_ID, findNodes, nearestNodes, nodeId } from '../../../graph/index.ts'

const person = (native: string, name: string, email?: string): PrincipalNode => ({
  kind: 'principal',
  type: 'user',
  cloud: 'aws',
  id: nodeId('aws', native),
  name,
  scope: null,
  tags: [],
  seen: null,
  ...(email !== undefined && { email }),
})
const ana = person('arn:aws:iam::1:user/ana', 'ana', 'ana@example.com')
const anabel = person('arn:aws:iam::1:user/anabel', 'anabel')
const otherAna = person('arn:aws:iam::2:user/ana', 'ana')
const bucket: GraphNode = {
  kind: 'resource',
  type: 's3:bucket',
  cloud: 'aws',
  id: nodeId('aws', 'arn:aws:s3:::ana-files'),
  name: 'ana-files',
  scope: null,
  tags: [],
  seen: null,
}
const all = [anabel, bucket, otherAna, ana]

const best = (nodes: GraphNode[], text: string) => bestMatches(nodes, text).nodes

describe('finding nodes by name', () => {
  it('does not offer what stands for many, but knows it by its id', () => {
    const every: GraphNode = {
      ...anabel,
      id: nodeId('aws', 'arn:aws:iam::*:role/ana'),
      name: 'ana',
      many: true,
    }
    expect(best([every, ana], 'ana')).toEqual([ana])
    expect(findNodes([every], 'ana')).toEqual([])
    expect(best([every, ana], every.id)).toEqual([every])
  })

  it('takes an exact id over everything, an exact name or e-mail over a part', () => {
    expect(bestMatches(all, 'ARN:aws:iam::1:user/ANA')).toEqual({ rank: EXACT_ID, nodes: [ana] })
    expect(best(all, 'ana@example.com')).toEqual([ana])
    expect(best([anabel, ana], 'ana')).toEqual([ana])
    expect(best(all, 'anab')).toEqual([anabel])
    expect(best(all, 'files')).toEqual([bucket])
  })

  it('gives all that fit equally well instead of guessing, and nothing for a stranger', () => {
    expect(best(all, 'ana')).toEqual([ana, otherAna])
    expect(best(all, 'nobody')).toEqual([])
  })

  it('narrows by a leading type or kind, and ranks', () => {
    expect(findNodes(all, 'user:ana').map((m) => m.node)).toEqual([ana, otherAna, anabel])
    expect(findNodes(all, 'resource:').map((m) => m.node)).toEqual([bucket])
    expect(findNodes(all, 'ana').map((m) => m.node.name)).toEqual(['ana', 'ana', 'ana-files', 'anabel'])
  })

  it('knows names that look like a misspelt one, those alone that are accepted', () => {
    const near = (text: string) => nearestNodes(all, text, (node) => node.kind === 'principal', 1)
    expect(near('anabell')).toEqual([anabel])
    expect(near('user:anbel')).toEqual([anabel])
    expect(near('zzzz')).toEqual([])
    expect(nearestNodes(all, 'anafiles', () => true, 1)).toEqual([bucket])
  })
})
