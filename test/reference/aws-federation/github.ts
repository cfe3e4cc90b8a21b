/**
 * What tokens a stranger on GitHub can get, as its documentation says: the owner part of the subject is an account that the
 * stranger opened, everything else is the stranger's choice; and each owner may choose other claims for the subject.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
import type { World } from '../aws-simulate/conditions.ts'

export const ISSUER = 'token.actions.githubusercontent.com'
/** The organization of the estate: nobody else can have its name. */
export const OWN = 'acme'

/** Owners, repositories and contexts are made of these and of what nobody else uses. */
const OWNERS = ['zz', 'acmezz', 'zzacme', 'acm', 'acmz', 'zcme', 'zzacmezz', 'acme-zz', 'zz-acme']
const NAMES = ['zz', 'app', 'appzz', 'acme', 'zzapp']
const CONTEXTS = [
  'ref:refs/heads/main',
  'ref:refs/heads/zz',
  'ref:refs/tags/v1',
  'environment:prod',
  'environment:zz',
  'pull_request',
]

/** Every world of a stranger's token, the claims besides the subject fitting to it. */
export function* strangersTokens(): Generator<World> {
  for (const owner of OWNERS) {
    for (const name of NAMES) {
      for (const context of CONTEXTS) {
        yield* tokens(`repo:${owner}/${name}:${context}`, owner, name)
      }
    }
    yield* tokens(`repository_owner:${owner}`, owner, 'zz')
  }
  for (const sub of ['environment:prod', 'environment:zz', 'workflow:zz', 'ref:refs/heads/main']) {
    yield* tokens(sub, 'zz', 'zz')
  }
}

function* tokens(sub: string, owner: string, name: string): Generator<World> {
  for (const environment of [[], ['prod'], ['zz']]) {
    for (const aud of ['sts.amazonaws.com', 'zz']) {
      yield new Map<string, readonly string[]>([
        [`${ISSUER}:sub`, [sub]],
        [`${ISSUER}:aud`, [aud]],
        [`${ISSUER}:repository`, [`${owner}/${name}`]],
        [`${ISSUER}:actor`, [owner]],
        ...(environment.length === 0 ? [] : [[`${ISSUER}:environment`, environment] as const]),
      ])
    }
  }
}
