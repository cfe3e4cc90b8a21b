import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  universeWith,
  underResourceControl,
  wildcardOnlyActions,
} from '../../../analyzer/aws/universe/universe.ts'
import { TABLE, tableFromPackage } from '../../generate/aws-actions.ts'

describe('the table of AWS actions', () => {
  it('is the one that the installed package gives (node test/generate/aws-actions.ts writes it)', async () => {
    expect(JSON.parse(readFileSync(TABLE, 'utf8'))).toEqual(await tableFromPackage())
  })

  it('knows actions in their own spelling, which take no resource, and which resource control policies govern', () => {
    const universe = universeWith(['made:Up'])
    expect(universe.names[universe.indexOf('S3:getobject') ?? -1]).toBe('s3:GetObject')
    expect(universe.indexOf('made:up')).toBeDefined()
    expect(wildcardOnlyActions().has('s3:listallmybuckets')).toBe(true)
    expect(wildcardOnlyActions().has('s3:getobject')).toBe(false)
    expect([underResourceControl('s3:getobject'), underResourceControl('kms:retiregrant')]).toEqual([
      true,
      false,
    ])
    expect(underResourceControl('ec2:runinstances')).toBe(false)
  })
})
