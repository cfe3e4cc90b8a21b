import { HOUR, type GrantsWorld } from './grants-world.ts'

/** What a broker does until it is ended; each is run once for every point at which that can be. */
export const STORIES: Readonly<Record<string, (world: GrantsWorld, first: string) => Promise<unknown>>> = {
  issue: (world) => world.give('ana', 'reader'),
  extend: async ({ grants, clock }, first) => {
    await grants.extend(first, clock.now() + 2 * HOUR, 'ana')
    await grants.step(first)
  },
  revoke: async ({ grants }, first) => {
    await grants.revoke(first, 'ana', 'done')
    await grants.step(first)
  },
  'revoke beside another grant': async (world, first) => {
    const { id } = await world.grants.intend(world.wish('ana', 'db-admin', 90))
    await world.grants.revoke(first, 'ana', 'done')
    await Promise.all([world.grants.step(first), world.grants.step(id)])
  },
  kill: async ({ grants }, first) => {
    await grants.kill({ person: 'ana' }, 'owner', 'stolen laptop')
    await grants.step(first)
  },
  expire: async (world, first) => {
    world.clock.advance(2 * HOUR)
    await world.grants.step(first)
  },
  'issue over standing access': (world) => world.give('bo', 'db-admin'),
}
