import type { Milliseconds } from '../devices/device.ts'
import type { About } from '../audit/notes.ts'
import { Refusal } from '../refusal.ts'
import { keepOnce } from './once.ts'
import type { PeopleStore } from './people-store.ts'

/**
 * Makes a break-glass administrator, or gives a known one leave for another passkey; gives the secret of the leave. Somebody who
 * is known by the identity provider cannot become one: that would be a way around it.
 */
export function inviteBreakGlass(
  store: PeopleStore,
  name: string,
  about: About,
  expiresAt: Milliseconds,
): string {
  const { by, at } = about
  const person = store.addPerson({ name, kind: 'break-glass', subject: undefined, addedAt: at }, by)
  if (person.kind !== 'break-glass') {
    throw new Refusal('person-other', 'that person signs in at the identity provider', {
      remedy: 'give the administrator a name of its own, and enrol a device for it',
    })
  }
  store.note({ at, actor: by, event: 'break-glass.invited', detail: { person: name } })
  return keepOnce(store, 'passkey-leave', { person: name, place: 'desk' }, expiresAt)
}
