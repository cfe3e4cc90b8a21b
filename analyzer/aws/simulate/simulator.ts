import type { Json, JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own } from '../../../graph/index.ts'
import type { LineSimulator } from '../../line-simulator.ts'
import { accountIn } from '../model/arn.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { policyDocument } from '../policy/document.ts'
import type { AccessRequest, PolicySet } from '../policy/request.ts'
import { RequestedResource } from '../policy/resource-pattern.ts'
import { LineContext } from './derived-context.ts'
import { fieldsOf } from './line-fields.ts'
import type { Field } from './line-shape.ts'
import { asObject, asText, LINE, optionalAccount, optionalFlag, textsByKey } from './line-shape.ts'
import { readContext } from './read-context.ts'
import {
  readDocument,
  readDocuments,
  readGrants,
  readIdentity,
  readLevels,
  type Compile,
} from './read-policies.ts'
import { readPrincipal } from './read-principal.ts'
import { Simulation } from './simulation.ts'
import { TextCache } from './text-cache.ts'

const FIELDS = [
  ...['id', 'principal', 'action', 'resource', 'context', 'identityPolicies', 'boundary', 'sessionPolicy'],
  ...['scps', 'rcps', 'resourcePolicy', 'endpointPolicies', 'kmsGrants'],
]
const KNOWN_FIELDS = new Set(FIELDS)
const RESOURCE_FIELDS = new Set(['arn', 'account', 'inManagementAccount', 'tags'])

/** A line, read: the request that it describes and the name that its answer carries. */
export interface SimulationLine {
  readonly id: string | number
  readonly request: AccessRequest
}

/**
 * Answers requests that come as lines of JSON (docs/schema/simulate-aws-input.json), one line of JSON for each
 * (docs/schema/simulate-aws-output.json). Remembers policies and principals by their text, so that each is compiled once.
 */
export class Simulator implements LineSimulator {
  private readonly documents = new TextCache<PolicyDocument>()
  private readonly principals = new TextCache<ReturnType<typeof readPrincipal>>()
  private readonly caches = new Map<string, TextCache<unknown>>()
  private readonly compile: Compile = (raw) =>
    this.documents.get(JSON.stringify(raw), () => policyDocument(raw))

  /** The answer to a line. Throws `INPUT_SYNTAX` or `INPUT_SHAPE` when it is no request. */
  answer(line: string): string {
    const { id, request } = this.read(line)
    const simulation = new Simulation(request, true)
    const { decision, decidedBy } = simulation.decided
    const { residual, because } = simulation
    return JSON.stringify(
      residual === undefined
        ? { id, decision, decidedBy, because }
        : { id, decision, decidedBy, residual, because },
    )
  }

  /** Reads a line into a request. Throws `INPUT_SYNTAX` or `INPUT_SHAPE`. */
  read(line: string): SimulationLine {
    const fields = fieldsOf(line) ?? reparsed(line)
    for (const name of fields.keys()) {
      if (!KNOWN_FIELDS.has(name)) throw LINE.at(name).wrong('is not known', `use ${FIELDS.join(', ')}`)
    }
    const id = parsed(fields.get('id'))
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw LINE.at('id').wrong(
        id === undefined ? 'is missing' : 'is neither text nor number',
        'give each line an id',
      )
    }
    const principal = this.principals.get(fields.get('principal') ?? 'null', (text) =>
      readPrincipal(parsed(text)),
    )
    const { caller } = principal
    const action = asText(parsed(fields.get('action')), LINE.at('action'))
    const field = LINE.at('resource')
    const resource = asObject(parsed(fields.get('resource')), field, RESOURCE_FIELDS)
    const arn = asText(own(resource, 'arn'), field.at('arn'))
    const named = optionalAccount(resource, field) ?? accountIn(arn)
    const tags = textsByKey(own(resource, 'tags'), field.at('tags'))
    const context = readContext(parsed(fields.get('context')))
    const request: AccessRequest = {
      caller,
      action,
      foldedAction: action.toLowerCase(),
      resource: new RequestedResource(arn),
      // What names no account is the caller's, but no request tells so.
      owner: named ?? caller.account,
      context: new LineContext(context, caller, principal.tags, named ?? '', tags),
      policies: this.policies(fields),
      callerInManagement: principal.inManagementAccount,
      resourceInManagement: optionalFlag(resource, 'inManagementAccount', field) ?? false,
    }
    return { id, request }
  }

  private policies(fields: ReadonlyMap<string, string>): PolicySet {
    const of = <T>(name: string, read: (raw: Json, field: Field, compile: Compile) => T): T | undefined => {
      const text = fields.get(name)
      if (text === undefined) return undefined
      const cache = (this.caches.get(name) ?? this.startCache(name)) as TextCache<T>
      return cache.get(text, () => read(parsed(text) ?? null, LINE.at(name), this.compile))
    }
    return {
      identity: of('identityPolicies', readIdentity) ?? [],
      boundary: of('boundary', readDocuments),
      session: of('sessionPolicy', readDocument),
      scps: of('scps', readLevels),
      rcps: of('rcps', readLevels),
      resource: of('resourcePolicy', readDocument),
      endpoints: of('endpointPolicies', readDocuments) ?? [],
      grants: of('kmsGrants', readGrants) ?? [],
    }
  }

  private startCache(name: string): TextCache<unknown> {
    const cache = new TextCache<unknown>()
    this.caches.set(name, cache)
    return cache
  }
}

function parsed(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw notJson(error)
  }
}

/** The fields of a line that only a parser can take apart, or the error that tells why it is none. */
function reparsed(line: string): ReadonlyMap<string, string> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw notJson(error)
  }
  if (!isObject(value)) throw LINE.wrong('is no JSON object', 'write one request in each line')
  return new Map(Object.entries(value).map(([name, field]) => [name, JSON.stringify(field)]))
}

function notJson(error: unknown): GomeisaError {
  const says = error instanceof SyntaxError ? error.message : String(error)
  return new GomeisaError('INPUT_SYNTAX', `the line is not well-formed JSON: ${says}`, {
    remedy: 'write one request in each line, as JSON without line breaks',
  })
}
