import { awsTool } from './aws/tool.ts'
import { azureTool } from './azure/tool.ts'
import { gcpTool } from './gcp/tool.ts'
import type { Tool } from './tool.ts'

/** Every kind of tool that takes its credentials from a grant. */
export const TOOLS: readonly Tool[] = [awsTool, gcpTool, azureTool]
