import { describe, expect, test } from 'vitest'
import { commandWord, withProfile } from '../../../broker/client/aws/profile.ts'
import { nameOfGrant, sessionPolicy, sourceIdentity } from '../../../broker/connectors/aws/session-policy.ts'
import { fenceText, readFence } from '../../../broker/connectors/aws/fence.ts'
import { rolesById } from '../../../broker/connectors/aws/entitlements.ts'

const ROLE = 'arn:aws:iam::123456789012:role/auditor'

describe('a profile in ~/.aws/config', () => {
  const theirs = '[default]\nregion = eu-west-1\n\n[profile work]\nsso_session = x\n'

  test('is added behind what is there, and a second time changes nothing', () => {
    const once = withProfile(theirs, 'logs', '/bin/gomeisa aws credentials g1', 'eu-central-1')
    expect(once.startsWith(theirs)).toBe(true)
    expect(once).toContain(
      '\n[profile logs]\ncredential_process = /bin/gomeisa aws credentials g1\nregion = eu-central-1\n',
    )
    expect(withProfile(once, 'logs', '/bin/gomeisa aws credentials g1', 'eu-central-1')).toBe(once)
  })

  test('is replaced in its place, and nothing around it', () => {
    const once = withProfile(theirs, 'logs', 'a', undefined)
    const more = `${once}[profile after]\nregion = us-east-1\n`
    const twice = withProfile(more, 'logs', 'b')
    expect(twice).toBe(more.replace('credential_process = a', 'credential_process = b'))
  })

  test('of somebody else is never touched', () => {
    for (const header of ['[profile logs]', '[ profile  "logs" ]', "[profile 'logs']"])
      expect(() => withProfile(`${header}\n`, 'logs', 'a')).toThrow(/has not written/)
    expect(() => withProfile('', 'default', 'a')).toThrow(/name of a profile/)
    expect(() => withProfile('', 'a]\n[default', 'a')).toThrow(/name of a profile/)
  })

  test('names commands that no shell can read otherwise', () => {
    expect(commandWord('/usr/bin/node')).toBe('/usr/bin/node')
    expect(commandWord('/My Files/node')).toBe('"/My Files/node"')
    for (const word of ['a"b', 'a$(b)', 'a`b`', 'a\\b', 'a\nb'])
      expect(() => commandWord(word)).toThrow(/cannot/)
  })
})

describe('a session', () => {
  test('is refused before any call when its policy is too long', () => {
    const narrowedTo = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'x'.repeat(1_900) }]
    expect(() => sessionPolicy({ id: 'e', role: ROLE, narrowedTo }, 0)).toThrow(/2048/)
    const policies = Array.from({ length: 10 }, () => `arn:aws:iam::aws:policy/${'x'.repeat(200)}`)
    expect(() => sessionPolicy({ id: 'e', role: ROLE, policies }, 0)).toThrow(/2048/)
  })

  test('never allows everything beside policies that narrow it', () => {
    const policies = ['arn:aws:iam::aws:policy/ReadOnlyAccess']
    expect(sessionPolicy({ id: 'e', role: ROLE, policies }, 0)).not.toContain('"Allow"')
    expect(sessionPolicy({ id: 'e', role: ROLE }, 0)).toContain('"Allow"')
  })

  test('takes no further role unless it may', () => {
    expect(sessionPolicy({ id: 'e', role: ROLE }, 0)).toContain('sts:AssumeRole')
    expect(sessionPolicy({ id: 'e', role: ROLE, mayChain: true }, 0)).not.toContain('sts:AssumeRole')
  })

  test('names every person, each by another name', () => {
    const odd = ['https://idp.example/|üser', 'x', 'x'.repeat(65), 'y'.repeat(65)].map(sourceIdentity)
    expect(sourceIdentity('ana@example.com')).toBe('ana@example.com')
    expect(new Set(odd).size).toBe(4)
    for (const name of odd) expect(name).toMatch(/^[\w+=,.@-]{2,64}$/)
    expect(() => nameOfGrant('a/b')).toThrow(/cannot/)
  })

  test('that nobody could get is refused with the operator’s words', () => {
    const bad = [
      { id: 'e', role: 'auditor' },
      { id: 'e', role: ROLE, sessionSeconds: 60 },
      { id: 'e', role: ROLE, policies: ['nope'] },
    ]
    for (const each of bad) expect(() => rolesById([each])).toThrow(/entitlement `e`/)
    const twice = { id: 'e', role: ROLE }
    expect(() => rolesById([twice, twice])).toThrow(/one id/)
  })
})

test('a fence is read as it was written, and anything else is not one', () => {
  for (const fence of [
    { kind: 'open', until: 1_800_000_000_000 },
    { kind: 'shut', needed: 1_800_000_000_000 },
  ] as const) {
    const text = fenceText('g', fence)
    expect(readFence('g', text)).toEqual(fence)
    expect(readFence('g', encodeURIComponent(text))).toEqual(fence)
    expect(readFence('h', text)).toBeUndefined()
    expect(readFence('g', text.replace('Deny', 'Allow'))).toBeUndefined()
    expect(readFence('g', text.replace('"Action":"*"', '"Action":"s3:*"'))).toBeUndefined()
  }
  for (const text of ['', '{}', 'null', '%', '[]']) expect(readFence('g', text)).toBeUndefined()
})
