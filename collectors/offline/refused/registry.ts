import { CLOUDS, type Json, type PerCloud } from '../../../graph/index.ts'
import { AWS_REFUSALS } from './aws.ts'
import { AZURE_REFUSALS } from './azure.ts'
import { GCP_REFUSALS } from './gcp.ts'
import type { Refusal, RefusalReader } from './refusal.ts'

const REFUSALS: PerCloud<RefusalReader> = { aws: AWS_REFUSALS, gcp: GCP_REFUSALS, azure: AZURE_REFUSALS }

export function refusalInText(text: string): Refusal | undefined {
  for (const cloud of CLOUDS) {
    const refusal = REFUSALS[cloud].inText(text)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

export function refusalInJson(root: Json): Refusal | undefined {
  for (const cloud of CLOUDS) {
    const refusal = REFUSALS[cloud].inJson(root)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
