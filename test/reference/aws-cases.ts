import type { Json, JsonObject } from '../../graph/index.ts'
import type { TestSource } from './aws-files.ts'
import { jsonSource } from './aws-files.ts'

type Statements = readonly Json[]

interface CasePrincipal {
  readonly policies?: Statements
  readonly attached?: readonly string[]
  readonly groups?: readonly string[]
  readonly boundary?: string
  readonly trust?: Statements
  readonly path?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly profile?: boolean
}

/** A small estate in few words: statements in place of documents, names in place of ARNs. */
export interface CaseEstate {
  readonly accounts: Readonly<
    Record<
      string,
      {
        readonly users?: Readonly<Record<string, CasePrincipal>>
        readonly roles?: Readonly<Record<string, CasePrincipal>>
        readonly groups?: Readonly<Record<string, Statements>>
        /** Customer managed policies by name. */
        readonly policies?: Readonly<Record<string, Statements>>
        /** Statements of resource policies by ARN; absent: not imported. */
        readonly resources?: Readonly<Record<string, Statements>>
        /** Tags of them by ARN; absent: not collected. */
        readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>
        /** Rows of AWS Config. */
        readonly config?: readonly Json[]
        /** Answers of a live collection: call, parameters, response. */
        readonly answers?: readonly (readonly [call: string, parameters: JsonObject, response: Json])[]
      }
    >
  >
  /** Documents of `organization-tree`, or null for none; absent: not imported. */
  readonly organization?: Json
  /** Lines of credential reports, by account. */
  readonly credentials?: Readonly<Record<string, string>>
}

const document = (Statement: Statements): Json => ({ Version: '2012-10-17', Statement: [...Statement] })

/** The estate as the exports that a cloud would give. */
export function caseSources(estate: CaseEstate): readonly TestSource[] {
  const sources: TestSource[] = []
  for (const [id, account] of Object.entries(estate.accounts)) {
    const policyArn = (name: string) => (name.startsWith('arn:') ? name : `arn:aws:iam::${id}:policy/${name}`)
    const common = (p: CasePrincipal) => ({
      AttachedManagedPolicies: (p.attached ?? []).map((name) => ({
        PolicyArn: policyArn(name),
        PolicyName: name,
      })),
      ...(p.boundary === undefined
        ? {}
        : { PermissionsBoundary: { PermissionsBoundaryArn: policyArn(p.boundary) } }),
      Tags: Object.entries(p.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    })
    const inline = (p: CasePrincipal) =>
      p.policies === undefined ? [] : [{ PolicyName: 'inline', PolicyDocument: document(p.policies) }]
    sources.push(
      jsonSource('aws.account-authorization-details', {
        UserDetailList: Object.entries(account.users ?? {}).map(([name, p]) => ({
          Path: p.path ?? '/',
          UserName: name,
          UserId: `AIDA${name.toUpperCase()}`,
          Arn: `arn:aws:iam::${id}:user${p.path ?? '/'}${name}`,
          GroupList: [...(p.groups ?? [])],
          UserPolicyList: inline(p),
          ...common(p),
        })),
        GroupDetailList: Object.entries(account.groups ?? {}).map(([name, statements]) => ({
          GroupName: name,
          Arn: `arn:aws:iam::${id}:group/${name}`,
          GroupPolicyList: [{ PolicyName: 'inline', PolicyDocument: document(statements) }],
          AttachedManagedPolicies: [],
        })),
        RoleDetailList: Object.entries(account.roles ?? {}).map(([name, p]) => ({
          Path: p.path ?? '/',
          RoleName: name,
          RoleId: `AROA${name.toUpperCase()}`,
          Arn: `arn:aws:iam::${id}:role${p.path ?? '/'}${name}`,
          AssumeRolePolicyDocument: document(p.trust ?? []),
          InstanceProfileList: p.profile === true ? [{ InstanceProfileName: name }] : [],
          RolePolicyList: inline(p),
          ...common(p),
        })),
        Policies: Object.entries(account.policies ?? {}).map(([name, statements]) => ({
          PolicyName: name,
          Arn: policyArn(name),
          PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document(statements) }],
        })),
      }),
    )
    if (account.resources !== undefined) {
      const rows = Object.entries(account.resources).map(([arn, statements]) => ({
        arn,
        type: arn.split(':')[2] ?? '',
        account: id,
        policy: statements.length === 0 ? null : document(statements),
        ...(account.tags?.[arn] === undefined ? {} : { tags: account.tags[arn] }),
      }))
      sources.push(jsonSource('aws.resource-policies', rows, { scope: id }))
    }
    if (account.config !== undefined) {
      sources.push(jsonSource('aws.config-resources', [...account.config], { scope: id }))
    }
    if (account.answers !== undefined) {
      const rows = account.answers.map(([call, parameters, response]) => {
        return { call, account: id, region: 'eu-west-1', parameters, response }
      })
      sources.push(jsonSource('aws.answers', rows, { scope: id }))
    }
    if (estate.organization === null) {
      sources.push(
        jsonSource('aws.organization', { Organization: null }, { rowsAt: '/Organization', scope: id }),
      )
    }
  }
  if (estate.organization !== null && estate.organization !== undefined) {
    sources.push(jsonSource('aws.organization-tree', estate.organization))
  }
  for (const [scope, csv] of Object.entries(estate.credentials ?? {})) {
    sources.push({
      kind: 'aws.credential-report',
      format: 'csv',
      bytes: new TextEncoder().encode(csv),
      scope,
    })
  }
  return sources
}
