import { describe, expect, it } from 'vitest'
import type { Device } from '../../broker/devices/device.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { killView } from '../../broker/kill/kill-view.ts'
import { Kills } from '../../broker/kill/kills.ts'
import { openKills } from '../../broker/kill/open-kills.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import { recordLine } from '../../broker/audit/record.ts'
import { elevation } from '../../broker/requests/request.ts'
import { ledgerFile } from './grants-world.ts'
import { deviceOf, requestsWorld } from './requests-world.ts'

const POLICY = `
@id("touch") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 1 && context.evidence.presence >= 1 };`

function world() {
  const w = requestsWorld({ policies: POLICY })
  const devices = openDeviceStore(ledgerFile())
  const add = (id: string, person: string, name: string): Device => {
    const device = { ...deviceOf(person), id, name, enrolledUntil: w.clock.now() + 1e9 }
    w.source.devices.set(id, device)
    const certificate = { serial: id, device: id, thumbprint: id, revokedAt: undefined }
    devices.enrol(device, { ...certificate, notAfter: device.enrolledUntil })
    return device
  }
  const active = async (device: Device, entitlement: string) => {
    const { request } = await w.requests.ask(device, w.wish(entitlement))
    w.source.show(device, elevation(request))
    const after = await w.requests.activate(device, request.id)
    const grant = await w.grants.step(after.request.grant ?? '')
    expect(grant.state).toBe('active')
    return grant.id
  }
  const kills = new Kills({ ledger: w.ledger, devices, grants: w.grants, now: () => w.clock.now() })
  return { ...w, devices, add, active, kills }
}

const left = (report: Awaited<ReturnType<Kills['report']>>) =>
  report.grants.map((each) => [each.grant.id, each.left])

describe('a kill', () => {
  it('of a device locks it and ends what was asked for over it, and nothing else', async () => {
    const w = world()
    const [laptop, desktop] = [w.add('l', 'ana', 'laptop'), w.add('d', 'ana', 'desktop')]
    const [lost, kept] = [await w.active(laptop, 'easy'), await w.active(desktop, 'prod')]
    const ordered = await w.kills.order({ kind: 'device', id: 'laptop' }, 'stolen', 'ops')
    expect(ordered).toMatchObject({ aim: { kind: 'device', id: 'l' }, by: 'ops', reason: 'stolen' })
    expect(left(ordered)).toEqual([[lost, 'removing']])
    const lock = w.devices.activeLock({ kind: 'device', id: 'l' }, w.clock.now())
    expect(lock?.id).toBe(ordered.lock)
    await w.grants.step(lost)
    const report = await w.kills.report(ordered.id)
    expect(report.grants).toMatchObject([
      { left: 'gone', useStopped: true, deadBy: { usually: expect.any(Number) }, residual: 'none' },
    ])
    const { proof } = report.grants[0] ?? {}
    const [record] = await w.ledger.auditRecords(proof?.record ?? 0, 1)
    expect(record).toMatchObject({ event: 'grant.revoked', grant: lost, hash: proof?.hash })
    expect((await w.grants.grant(kept)).state).toBe('active')
    await w.ledger.checkpoint(w.clock.now())
    const lines = (await w.ledger.auditRecords(1, 1000)).map(recordLine).join('\n')
    expect(verifyAudit(`${lines}\n`, {}).faults).toEqual([])
  })

  it('of a person reaches every grant, done twice is one lock, and never says gone too early', async () => {
    const w = world()
    const laptop = w.add('l', 'ana', 'laptop')
    const ids = [await w.active(laptop, 'easy'), await w.active(laptop, 'prod')].sort()
    const first = await w.kills.order({ kind: 'person', id: 'ana' }, 'left', 'ops')
    const second = await w.kills.order({ kind: 'person', id: 'ana' }, 'left', 'ops')
    expect([
      second.lock,
      left(second)
        .map(([id]) => id)
        .sort(),
    ]).toEqual([first.lock, ids])
    expect(w.devices.locks()).toHaveLength(1)
    expect(killView(second)).toMatchObject({ remaining: 2 })
    for (const id of ids) await w.grants.step(id)
    for (const { id } of [first, second]) {
      expect(left(await w.kills.report(id)).sort()).toEqual(ids.map((each) => [each, 'gone']))
    }
    expect((await w.events()).filter((event) => event === 'kill.ordered')).toHaveLength(2)
  })

  it('by a process that is no broker only orders; the broker over the same files carries out', async () => {
    const w = world()
    const grant = await w.active(w.add('l', 'ana', 'laptop'), 'easy')
    const elsewhere = openKills(w.ledger, w.devices, () => w.clock.now())
    const { id, lock } = await elsewhere.order({ kind: 'grant', id: grant }, 'wrong account', 'ops')
    expect([lock, w.devices.locks().length, w.cloud.bindings.size]).toEqual([undefined, 0, 1])
    await w.grants.tick()
    expect(left(await elsewhere.report(id))).toEqual([[grant, 'gone']])
    expect(w.cloud.bindings.size).toBe(0)
  })

  it('of nobody, or of a name that several have, changes nothing and says how to go on', async () => {
    const w = world()
    w.add('l1', 'ana', 'laptop')
    w.add('l2', 'bo', 'laptop')
    const order = (kind: 'person' | 'device' | 'grant', id: string) => w.kills.order({ kind, id }, 'x', 'ops')
    await expect(order('person', 'anna')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(order('grant', 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(order('device', 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const several = { code: 'USAGE', remedy: expect.stringContaining('l1 of ana, l2 of bo') }
    await expect(order('device', 'laptop')).rejects.toMatchObject(several)
    await expect(w.kills.report(1)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect([w.devices.locks(), await w.events()]).toEqual([[], []])
  })
})
