/** A policy document as AWS returns it decoded. */
export type PolicyDocument = { readonly Version: string; readonly Statement: readonly Statement[] }

export type Statement = {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Condition
}

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

export function document(...statements: Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements }
}

/** An Allow statement on actions and resources. */
export function allow(
  sid: string,
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  condition?: Condition,
): Statement {
  const statement: Statement = { Sid: sid, Effect: 'Allow', Action: action, Resource: resource }
  return condition === undefined ? statement : { ...statement, Condition: condition }
}

/** A Deny statement on actions and resources. */
export function deny(
  sid: string,
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  condition?: Condition,
): Statement {
  return { ...allow(sid, action, resource, condition), Effect: 'Deny' }
}

/** A trust policy for one service, e.g. `lambda.amazonaws.com`. */
export function trustService(service: string): PolicyDocument {
  return document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })
}

/** A trust policy for other roles, users or whole accounts. */
export function trustPrincipals(
  principals: string | readonly string[],
  condition?: Condition,
): PolicyDocument {
  const statement: Statement = { Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' }
  return document(condition === undefined ? statement : { ...statement, Condition: condition })
}
