/** Which statements of a document apply to the request in one world. IAM User Guide: "JSON policy elements". */
import { and, conditionsHold, lookupIn, type Truth, type World } from './conditions.ts'
import { list, type Document, type Line, type Statement } from './line.ts'
import type { Asker, Naming } from './principal.ts'
import { glob, resourceMatches, tokens } from './text.ts'

/** A statement that applies, and how it names the asker (policies without principals: not at all). */
export interface Applied {
  readonly naming: Naming | undefined
}

/** Decides for a statement, or something else, of which the documentation does not say whether it applies. */
export type Oracle = (about: object) => boolean

export interface Scene {
  readonly line: Line
  readonly asker: Asker
  readonly world: World
  readonly oracle: Oracle
}

/** The statements with that effect that apply. `principals`: policies of this kind name principals. */
export function applied(
  scene: Scene,
  documents: readonly (Document | undefined)[],
  effect: Statement['Effect'],
  principals: boolean,
): readonly Applied[] {
  return documents.flatMap((document) =>
    list(document?.Statement).flatMap((statement) => {
      if (statement.Effect !== effect) return []
      const truth = applies(scene, document!, statement, principals)
      if (truth === 'no' || (truth === 'open' && !scene.oracle(statement))) return []
      return [
        { naming: principals && statement.Principal ? scene.asker.named(statement.Principal) : undefined },
      ]
    }),
  )
}

function applies(scene: Scene, document: Document, statement: Statement, principals: boolean): Truth {
  const { line, world } = scene
  // "Earlier versions of the policy language don't support policy variables."
  const lookup = document.Version === '2012-10-17' ? lookupIn(world) : undefined
  const action = (pattern: string) =>
    glob(tokens(pattern.toLowerCase(), undefined)!, line.action.toLowerCase())
  const resource = (pattern: string) => resourceMatches(pattern, lookup, line.resource.arn)
  const covers = (
    yes: string | readonly string[] | undefined,
    no: string | readonly string[] | undefined,
    matches: (pattern: string) => boolean,
    otherwise: boolean,
  ) => (yes ? list(yes).some(matches) : no ? !list(no).some(matches) : otherwise)
  return and([
    covers(statement.Action, statement.NotAction, action, false) ? 'yes' : 'no',
    // A policy of a resource may leave it out (role trust policies do): it is about that resource.
    covers(statement.Resource, statement.NotResource, resource, principals) ? 'yes' : 'no',
    principals ? aboutAsker(scene, statement) : 'yes',
    conditionsHold(statement.Condition, world, lookup),
  ])
}

function aboutAsker({ asker }: Scene, statement: Statement): Truth {
  if (statement.Principal !== undefined) return asker.named(statement.Principal) ? 'yes' : 'no'
  if (statement.NotPrincipal === undefined) return 'no'
  // "Using it with Effect: Allow is not supported."
  return statement.Effect === 'Deny' ? asker.deniedByNot(statement.NotPrincipal) : 'open'
}
