import { describe, expect, it } from 'vitest'
import type { GraphNode } from '../../../graph/index.ts'
import { findNodes, findOne, nodeId } from '../../../graph/index.ts'

const person = (native: string, name: string, email?: string): GraphNode => ({
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

describe('finding nodes by name', () => {
  it('takes an exact id over everything, an exact name or e-mail over a part', () => {
    expect(findOne(all, 'ARN:aws:iam::1:user/ANA', 'principal')).toBe(ana)
    expect(findOne(all, 'ana@example.com', 'principal')).toBe(ana)
    expect(findOne([anabel, ana], 'ana', 'principal')).toBe(ana)
    expect(findOne(all, 'anab', 'principal')).toBe(anabel)
    expect(findOne(all, 'files', 'resource')).toBe(bucket)
  })

  it('lists the candidates of an ambiguous name instead of guessing', () => {
    expect(() => findOne(all, 'ana', 'principal')).toThrow(
      expect.objectContaining({
        code: 'AMBIGUOUS',
        candidates: ['arn:aws:iam::1:user/ana', 'arn:aws:iam::2:user/ana'],
      }),
    )
    expect(() => findOne(all, 'nobody', 'principal')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it('narrows by a leading type or kind, and ranks', () => {
    expect(findNodes(all, 'user:ana').map((m) => m.node)).toEqual([ana, otherAna, anabel])
    expect(findNodes(all, 'resource:').map((m) => m.node)).toEqual([bucket])
    expect(findNodes(all, 'ana').map((m) => m.node.name)).toEqual(['ana', 'ana', 'ana-files', 'anabel'])
  })
})
