import { daysAgo } from '../clock.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { drawsOf } from '../random.ts'
import { FOLDERS, ORGANIZATION, PROJECTS, folderId } from './projects.ts'
import type { Project } from './projects.ts'

function projectCreated(project: Project): string {
  const draws = drawsOf(`created/${project.id}`)
  return daysAgo(draws.between(300, 1500), draws.int(80_000))
}

function projectLabels(project: Project): Record<string, string> {
  return { env: project.folder, team: project.team }
}

/** A project as the Resource Manager API (v1) and Cloud Asset Inventory have it. */
export function projectRecord(project: Project) {
  return {
    createTime: projectCreated(project),
    labels: projectLabels(project),
    lifecycleState: 'ACTIVE',
    name: project.id,
    parent: { id: folderId(project.folder), type: 'folder' },
    projectId: project.id,
    projectNumber: project.number,
  }
}

/** `gcloud organizations list`, `gcloud resource-manager folders list`, `gcloud projects list` as JSON. */
export function hierarchyFiles(): DemoFile[] {
  return [
    json('gcp/organizations.json', [
      {
        creationTime: daysAgo(1900),
        displayName: ORGANIZATION.domain,
        lifecycleState: 'ACTIVE',
        name: `organizations/${ORGANIZATION.id}`,
        owner: { directoryCustomerId: ORGANIZATION.customerId },
      },
    ]),
    json(
      'gcp/folders.json',
      FOLDERS.map((folder) => ({
        createTime: daysAgo(1800),
        displayName: folder,
        lifecycleState: 'ACTIVE',
        name: `folders/${folderId(folder)}`,
        parent: `organizations/${ORGANIZATION.id}`,
      })),
    ),
    json(
      'gcp/projects.json',
      PROJECTS.map((project) => projectRecord(project)),
    ),
  ]
}
