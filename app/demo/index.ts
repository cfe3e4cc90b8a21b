import { awsFiles } from './aws/index.ts'
import { azureFiles } from './azure/index.ts'
import type { DemoFile, Week } from './demo-file.ts'
import { gcpFiles } from './gcp/index.ts'

export { demoExportedAt } from './clock.ts'
export type { DemoFile, Week } from './demo-file.ts'
export { writeDemoFiles } from './write.ts'

/**
 * The exports of Lumenly's three clouds, as a person with read access would have made them that week.
 * The same bytes every time; see `docs/demo.md` for the stories planted in them.
 */
export function demoEstate(week: Week): DemoFile[] {
  return [...awsFiles(week), ...gcpFiles(week), ...azureFiles(week)]
}
