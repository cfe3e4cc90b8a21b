import { callAnswer } from '../call-answer.ts'
import { daysAgo } from '../clock.ts'
import { PEOPLE } from '../company/people.ts'
import { json, jsonLines } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { hex, uuid } from '../identifiers.ts'
import { FEDERATION, SYNC_APPLICATION, TENANT_ID } from '../stories/dataset-path.ts'
import { DIRECTORY_APPLICATIONS } from './applications.ts'
import type { DirectoryApplication } from './applications.ts'
import { GUESTS } from './directory-users.ts'
import { MANAGED_IDENTITIES } from './managed-identities.ts'

function secrets(application: DirectoryApplication): Record<string, unknown>[] {
  return application.secrets.map(({ made, ends }, index) => ({
    customKeyIdentifier: null,
    displayName: 'client secret',
    endDateTime: daysAgo(ends),
    hint: hex(`hint/${application.name}`, 3),
    keyId: uuid(`secret/${application.name}/${String(index)}`),
    secretText: null,
    startDateTime: daysAgo(made),
  }))
}

function applicationRow(application: DirectoryApplication): Record<string, unknown> {
  return {
    addIns: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
    appId: application.appId,
    appRoles: [],
    applicationTemplateId: null,
    certification: null,
    createdDateTime: daysAgo(700),
    deletedDateTime: null,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: application.name,
    id: application.objectId,
    // Entra gives out tokens for an audience that some application of the tenant has as its identifier.
    identifierUris: application.appId === SYNC_APPLICATION.appId ? [FEDERATION.audience] : [],
    keyCredentials: [],
    passwordCredentials: secrets(application),
    publisherDomain: 'lumenly.example',
    requiredResourceAccess: [],
    signInAudience: 'AzureADMyOrg',
    tags: [],
  }
}

type Principal = {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly type: 'Application' | 'ManagedIdentity'
  readonly alternativeNames: readonly string[]
}

function servicePrincipalRow(principal: Principal): Record<string, unknown> {
  const own = principal.type === 'Application'
  return {
    accountEnabled: true,
    addIns: [],
    alternativeNames: principal.alternativeNames,
    appDescription: null,
    appDisplayName: own ? principal.displayName : null,
    appId: principal.appId,
    appOwnerOrganizationId: own ? TENANT_ID : null,
    appRoleAssignmentRequired: false,
    appRoles: [],
    createdDateTime: daysAgo(700),
    deletedDateTime: null,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: principal.displayName,
    homepage: null,
    id: principal.id,
    keyCredentials: [],
    notes: null,
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    replyUrls: [],
    servicePrincipalNames: [principal.appId],
    servicePrincipalType: principal.type,
    signInAudience: own ? 'AzureADMyOrg' : null,
    tags: [],
  }
}

/** The user as an owner listing shows it. */
function ownerRow(id: string): Record<string, unknown> {
  const guest = GUESTS.find((each) => each.id === id)
  const person = PEOPLE.find((each) => each.entraId === id)
  const shown =
    guest ??
    (person === undefined
      ? undefined
      : {
          displayName: `${person.given} ${person.family}`,
          mail: person.email,
          userPrincipalName: person.email,
        })
  const { displayName, mail, userPrincipalName } = found(shown, `user ${id}`)
  return {
    '@odata.type': '#microsoft.graph.user',
    displayName,
    id,
    jobTitle: person?.title ?? null,
    mail,
    userPrincipalName,
  }
}

/** `az ad app list --all`, `az ad sp list --all`, and owners and federated credentials with their question. */
export function applicationFiles(): DemoFile[] {
  const owners = (call: string, idOf: (application: DirectoryApplication) => string) =>
    DIRECTORY_APPLICATIONS.map((each) => callAnswer(call, { id: idOf(each) }, each.owners.map(ownerRow)))
  return [
    json('azure/ad-app-list.json', DIRECTORY_APPLICATIONS.map(applicationRow)),
    json(
      'azure/ad-sp-list.json',
      [
        ...DIRECTORY_APPLICATIONS.map((each) => ({
          id: each.servicePrincipalId,
          appId: each.appId,
          displayName: each.name,
          type: 'Application' as const,
          alternativeNames: [],
        })),
        ...MANAGED_IDENTITIES.map((each) => ({
          id: each.principalId,
          appId: each.clientId,
          displayName: each.name,
          type: 'ManagedIdentity' as const,
          alternativeNames: ['isExplicit=True', each.resourceId],
        })),
      ].map(servicePrincipalRow),
    ),
    jsonLines(
      'azure/ad-app-owners.jsonl',
      owners('az ad app owner list', (each) => each.objectId),
    ),
    jsonLines(
      'azure/ad-sp-owners.jsonl',
      DIRECTORY_APPLICATIONS.map((each) =>
        callAnswer('az ad sp owner list', { id: each.servicePrincipalId }, []),
      ),
    ),
    jsonLines(
      'azure/ad-app-federated-credentials.jsonl',
      DIRECTORY_APPLICATIONS.map((each) =>
        callAnswer(
          'az ad app federated-credential list',
          { id: each.objectId },
          each.federated === undefined
            ? []
            : [
                {
                  audiences: ['api://AzureADTokenExchange'],
                  description: null,
                  id: uuid(`federated/${each.name}`),
                  issuer: each.federated.issuer,
                  name: 'github-actions',
                  subject: each.federated.subject,
                },
              ],
        ),
      ),
    ),
  ]
}
