import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { DemoFile } from './demo-file.ts'

/** Writes the files below `folder`, making the folders that are missing. */
export async function writeDemoFiles(files: readonly DemoFile[], folder: string): Promise<void> {
  const folders = new Set(files.map((file) => dirname(join(folder, file.path))))
  for (const each of folders) await mkdir(each, { recursive: true })
  for (const file of files) await writeFile(join(folder, file.path), file.bytes)
}
