import type { JsonObject } from '../../../graph/index.ts'
import { MicrosoftRest, type Answer, type Reach } from './microsoft-rest.ts'

const AZURE = 'https://management.azure.com'
const SCOPE = 'https://management.azure.com/.default'

/** The REST API of Azure Resource Manager: each kind of thing has a version of its own. */
export class ResourceManager {
  readonly #rest: MicrosoftRest

  constructor({ endpoint = AZURE }: Reach) {
    this.#rest = new MicrosoftRest(endpoint, SCOPE)
  }

  /** See `MicrosoftRest.send`. */
  send(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    version: string,
    signal: AbortSignal,
    body?: JsonObject,
  ): Promise<Answer> {
    return this.#rest.send(method, path, { 'api-version': version }, signal, body)
  }

  /** See `MicrosoftRest.list`. */
  list(
    path: string,
    filter: string,
    version: string,
    signal: AbortSignal,
  ): Promise<readonly JsonObject[] | Answer> {
    return this.#rest.list(path, { $filter: filter, 'api-version': version }, signal)
  }
}
