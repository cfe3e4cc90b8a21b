import type { Json, JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own } from '../../../graph/index.ts'
import type { LineSimulator } from '../../line-simulator.ts'
import { accountIn } from '../model/arn.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { policyDocument } from '../policy/document.ts'
import type { AccessRequest, PolicySet } from '../policy/request.ts'
import { RequestedResource } from '../policy/resource-pattern.ts'
import { LineContext } from './derived-context.ts'
import { ByteCache } from './byte-cache.ts'
import { FieldNames, fieldsOf, type FieldSpan } from './line-fields.ts'
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

const FIELDS = [
  ...['id', 'principal', 'action', 'resource', 'context', 'identityPolicies', 'boundary', 'sessionPolicy'],
  ...['scps', 'rcps', 'resourcePolicy', 'endpointPolicies', 'kmsGrants'],
]
const KNOWN_FIELDS = new Set(FIELDS)
const NAMES = new FieldNames(FIELDS)
const ACTION = LINE.at('action')
const RESOURCE = LINE.at('resource')
const RESOURCE_ARN = RESOURCE.at('arn')
const RESOURCE_TAGS = RESOURCE.at('tags')
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
  private readonly documents = new Map<string, PolicyDocument>()
  private readonly caches: Caches = new Map()
  private readonly compile: Compile = (raw) => this.compiled(raw)

  /** The answer to a line. Throws `INPUT_SYNTAX` or `INPUT_SHAPE` when it is no request. */
  answer(line: Buffer | string): string {
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
  read(line: Buffer | string): SimulationLine {
    const fields = new LineFields(typeof line === 'string' ? Buffer.from(line) : line, this.caches)
    const id = fields.parsed('id')
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw LINE.at('id').wrong(
        id === undefined ? 'is missing' : 'is neither text nor number',
        'give each line an id',
      )
    }
    const principal = fields.read('principal', readPrincipal) ?? readPrincipal(undefined)
    const { caller } = principal
    const action = asText(fields.parsed('action'), ACTION)
    const resource = asObject(fields.parsed('resource'), RESOURCE, RESOURCE_FIELDS)
    const arn = asText(own(resource, 'arn'), RESOURCE_ARN)
    const named = optionalAccount(resource, RESOURCE) ?? accountIn(arn)
    const tags = textsByKey(own(resource, 'tags'), RESOURCE_TAGS)
    const context = readContext(fields.parsed('context'))
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
      resourceInManagement: optionalFlag(resource, 'inManagementAccount', RESOURCE) ?? false,
    }
    return { id, request }
  }

  private policies(fields: LineFields): PolicySet {
    const compile = this.compile
    return {
      identity: fields.read('identityPolicies', (raw, field) => readIdentity(raw, field, compile)) ?? [],
      boundary: fields.read('boundary', (raw, field) => readDocuments(raw, field, compile)),
      session: fields.read('sessionPolicy', (raw, field) => readDocument(raw, field, compile)),
      scps: fields.read('scps', (raw, field) => readLevels(raw, field, compile)),
      rcps: fields.read('rcps', (raw, field) => readLevels(raw, field, compile)),
      resource: fields.read('resourcePolicy', (raw, field) => readDocument(raw, field, compile)),
      endpoints: fields.read('endpointPolicies', (raw, field) => readDocuments(raw, field, compile)) ?? [],
      grants: fields.read('kmsGrants', readGrants) ?? [],
    }
  }

  /** A document, compiled once for each text. */
  private compiled(raw: JsonObject): PolicyDocument {
    const text = JSON.stringify(raw)
    const known = this.documents.get(text)
    if (known !== undefined) return known
    if (this.documents.size >= DOCUMENTS) this.documents.clear()
    const made = policyDocument(raw)
    this.documents.set(text, made)
    return made
  }
}

/** Documents that are remembered. */
const DOCUMENTS = 20_000

/** What was made of the fields of the lines before. */
type Caches = Map<string, ByteCache<unknown>>

/** The fields of one line. */
class LineFields {
  private readonly line: Buffer
  private readonly spans: readonly FieldSpan[] | undefined
  /** Of a line that only a parser can take apart. */
  private readonly whole: JsonObject | undefined
  private readonly caches: Caches

  constructor(line: Buffer, caches: Caches) {
    this.line = line
    this.caches = caches
    this.spans = fieldsOf(line, NAMES, caches)
    this.whole = this.spans === undefined ? wholeLine(line) : undefined
    for (const { name } of this.spans ?? Object.keys(this.whole ?? {}).map((each) => ({ name: each }))) {
      if (!KNOWN_FIELDS.has(name)) throw LINE.at(name).wrong('is not known', `use ${FIELDS.join(', ')}`)
    }
  }

  parsed(name: string): Json | undefined {
    if (this.whole !== undefined) return own(this.whole, name)
    const span = this.span(name)
    if (span === undefined) return undefined
    const text = this.line.toString('utf8', span.from, span.to)
    return isPlainText(text) ? text.slice(1, -1) : json(text)
  }

  /** A field, read when its bytes come for the first time. */
  read<T>(name: string, read: (raw: Json, field: Field) => T): T | undefined {
    const span = this.span(name)
    if (span === undefined) {
      const raw = this.whole === undefined ? undefined : own(this.whole, name)
      return raw === undefined ? undefined : read(raw, LINE.at(name))
    }
    // The name tells what is made of a field.
    if (span.kept !== undefined) return span.kept.value as T
    let cache = this.caches.get(name) as ByteCache<T> | undefined
    if (cache === undefined) {
      cache = new ByteCache<T>()
      this.caches.set(name, cache)
    }
    // What `read` takes is an object or a list, or it throws.
    return cache.get(this.line.subarray(span.from, span.to), () =>
      read(this.parsed(name) ?? null, LINE.at(name)),
    ).value
  }

  private span(name: string): FieldSpan | undefined {
    for (const span of this.spans ?? []) if (span.name === name) return span
    return undefined
  }
}

/** A short string without escapes needs no parser. */
function isPlainText(text: string): boolean {
  return /^"[\w:./@ -]*"$/.test(text)
}

function json(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw notJson(error)
  }
}

function wholeLine(line: Buffer): JsonObject {
  const value = json(line.toString())
  if (isObject(value)) return value
  throw LINE.wrong('is no JSON object', 'write one request in each line')
}

function notJson(error: unknown): GomeisaError {
  const says = error instanceof SyntaxError ? error.message : String(error)
  return new GomeisaError('INPUT_SYNTAX', `the line is not well-formed JSON: ${says}`, {
    remedy: 'write one request in each line, as JSON without line breaks',
  })
}
