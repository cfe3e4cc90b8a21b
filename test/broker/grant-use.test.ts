import { describe, expect, it } from 'vitest'
import { elevation } from '../../broker/requests/request.ts'
import { requestsWorld } from './requests-world.ts'

const MINUTE = 60_000

const POLICY = `
@id("touch") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 2 && context.evidence.presence >= 1 };`

describe('each use of a grant', () => {
  async function active() {
    const world = requestsWorld({ policies: POLICY })
    const ana = world.device('ana')
    const { request } = await world.requests.ask(ana, world.wish('easy'))
    world.source.show(ana, elevation(request))
    const { request: after } = await world.requests.activate(ana, request.id)
    const grant = await world.grants.step(after.grant ?? '')
    expect(grant.state).toBe('active')
    return { world, ana, grant }
  }

  it('is for the device that asked, and a presence counts as long as the grant lasts', async () => {
    const { world, ana, grant } = await active()
    expect(await world.use.deviceOf(grant)).toBe(ana.id)
    world.clock.advance(50 * MINUTE)
    expect(await world.use.decide(grant, ana)).toEqual({ allow: true })
    expect(await world.use.decide(grant, world.device('bo'))).toMatchObject({ allow: false })
    expect(await world.use.deviceOf({ ...grant, id: 'another' })).toBeUndefined()
  })

  it('is refused when the device is judged lower or locked', async () => {
    const { world, ana, grant } = await active()
    world.source.devices.set(ana.id, { ...ana, level: 'software' })
    expect(await world.use.decide(grant, ana)).toEqual({
      allow: false,
      why: expect.stringContaining('the policies deny it'),
    })
    world.source.devices.set(ana.id, ana)
    world.source.locked.add(ana.id)
    await expect(world.use.decide(grant, ana)).rejects.toThrow('locked')
  })
})
