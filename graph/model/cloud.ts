/** The clouds, in the order in which they are shown. The only neutral file that may spell their names. */
export const CLOUDS = ['aws', 'gcp', 'azure'] as const

export type Cloud = (typeof CLOUDS)[number]

/** One value for each cloud: a registry that misses a cloud does not compile. */
export type PerCloud<T> = { readonly [C in Cloud]: T }

/** What people call the clouds. */
export const CLOUD_TITLES: PerCloud<string> = { aws: 'AWS', gcp: 'GCP', azure: 'Azure' }

/** What each cloud calls the containers that hold other things. */
export const CONTAINER_TITLES: PerCloud<{
  readonly organization: string
  readonly folder: string
  readonly account: string
  readonly group: string
}> = {
  aws: { organization: 'organization', folder: 'organizational unit', account: 'account', group: 'group' },
  gcp: { organization: 'organization', folder: 'folder', account: 'project', group: 'group' },
  azure: {
    organization: 'tenant',
    folder: 'management group',
    account: 'subscription',
    group: 'resource group',
  },
}

export function isCloud(text: string): text is Cloud {
  return (CLOUDS as readonly string[]).includes(text)
}

/** The clouds' own command-line tools, with which exports are made. */
export const CLOUD_TOOLS: PerCloud<string> = { aws: 'aws', gcp: 'gcloud', azure: 'az' }
