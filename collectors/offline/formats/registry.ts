import type { Format } from '../format.ts'
import { AWS_FORMATS } from './aws/index.ts'

/** Every accepted format. A document is taken by the first that recognises it, so the more particular come first. */
export const FORMATS: readonly Format[] = [...AWS_FORMATS]
